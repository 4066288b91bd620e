import { csvText } from '@/lib/plane/fleet/csv';
import { planeKey } from '@/lib/plane/model/plane-path';
import { formatCount, planeCountText } from '@/lib/plane/model/text';
import { type BulkEntry, type EntryState, entryText, tableOrder } from './bulk-change';
import type { BulkStep } from './use-bulk-change';

/** Sums up a run in a sentence: `Dry run passed for 12 planes. 3 are already so.` */
export function summaryText(entries: readonly BulkEntry[], ended: BulkStep | null): string {
  if (ended === null) return '';
  const count = (...states: readonly EntryState[]) =>
    entries.filter(({ state }) => states.includes(state)).length;
  const parts = [
    ended === 'save' ? `Saved ${planeCountText(count('saved'))}.` : null,
    count('failed') > 0 ? `${formatCount(count('failed'))} not saved.` : null,
    count('unknown') > 0 ? `${formatCount(count('unknown'))} with an unknown outcome.` : null,
    ended === 'check'
      ? `Dry run passed for ${planeCountText(count('ready'))}. Nothing has been changed yet.`
      : count('ready') > 0
        ? `${formatCount(count('ready'))} not changed yet.`
        : null,
    count('same') > 0 ? `${formatCount(count('same'))} already so.` : null,
    count('rejected') > 0 ? `Dry run failed for ${formatCount(count('rejected'))}.` : null,
    count('unchecked') > 0 ? `${formatCount(count('unchecked'))} not checked.` : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

/** Returns the outcomes as CSV, one line for each plane, problems first. */
export function outcomesCsv(entries: readonly BulkEntry[], withManaged: boolean): string {
  const lines = tableOrder(entries).map((entry) => [
    planeKey(entry.plane),
    entryText(entry, withManaged),
    entry.message ?? '',
  ]);
  return csvText([['plane', 'outcome', 'message'], ...lines]);
}
