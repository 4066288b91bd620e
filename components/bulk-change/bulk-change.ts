import type { QueryClient } from '@tanstack/react-query';
import { checkValue, type InlineValue, type Snapshot, saveValue } from '@/components/plane/save-value';
import { isOutcomeUnknown, lostAnswerText } from '@/lib/client/api/api-request';
import type { Outcome } from '@/lib/client/api/in-parallel';
import { ADMISSION_HINT, notStoredText } from '@/lib/plane/history/not-stored-text';
import type { Plane } from '@/lib/plane/model/plane';
import { type ManagingTool, managingToolText } from '@/lib/plane/related/related-resources';

/** What a bulk change did with a plane so far. */
export type EntryState =
  | 'unchecked'
  /** The dry run passed. */
  | 'ready'
  /** The plane already is as wanted. */
  | 'same'
  /** The dry run failed. */
  | 'rejected'
  | 'saved'
  | 'failed'
  /** The answer to the write was lost. */
  | 'unknown';

/** One plane of a bulk change. */
export interface BulkEntry {
  readonly plane: Plane;
  readonly state: EntryState;
  /** Why the dry run or the write failed, or what the API server added to its answer. */
  readonly message?: string | undefined;
  /** The tool that will revert the change. */
  readonly managedBy?: ManagingTool | undefined;
}

/** The same change for many planes. */
export interface BulkChange {
  /** Sends a dry run. Resolves to the entry after it. */
  readonly check: (entry: BulkEntry) => Promise<BulkEntry>;
  /** Writes the change, unless someone else has changed the same value since the dry run. */
  readonly save: (entry: BulkEntry) => Promise<BulkEntry>;
}

/** A change that a form describes, before its dry runs. */
export interface PlannedChange {
  /** The change as the rest of a sentence: `set env=prod`. */
  readonly text: string;
  readonly start: (client: QueryClient) => BulkChange;
}

/** Returns a change that sets a value of each plane. It remembers what the dry runs saw. */
export function bulkChange<Value>(value: InlineValue<Value>, wanted: Value, client: QueryClient): BulkChange {
  const seenByUid = new Map<string, { current: Snapshot }>();
  const unsureByUid = new Map<string, Set<string>>();
  return {
    check: async (entry) => {
      const { plane } = entry;
      try {
        const { answer, seen } = await checkValue(plane, value, wanted, client);
        seenByUid.set(plane.uid, { current: seen });
        const { managedBy, notStored, warnings } = answer;
        if (notStored.length > 0)
          return { plane, state: 'rejected', managedBy, message: notStoredMessage(notStored, true) };
        const state = answer.before === answer.after ? 'same' : 'ready';
        return { plane, state, managedBy, message: warnings.join(' ') || undefined };
      } catch (error) {
        return { plane, state: 'rejected', message: messageOf(error) };
      }
    },
    save: async (entry) => {
      const { plane, managedBy } = entry;
      const seen = seenByUid.get(plane.uid);
      if (seen === undefined) throw new Error('A change is written only after its dry run.');
      const unsure = unsureByUid.get(plane.uid) ?? new Set<string>();
      unsureByUid.set(plane.uid, unsure);
      const evenIfManaged = managedBy !== undefined;
      try {
        const { notStored } = await saveValue(plane, value, { wanted, evenIfManaged, seen, unsure, client });
        return notStored.length > 0
          ? { ...entry, state: 'failed', message: notStoredMessage(notStored, false) }
          : { ...entry, state: 'saved', message: undefined };
      } catch (error) {
        if (isOutcomeUnknown(error)) {
          const lost = error instanceof Error ? error : new Error(String(error));
          return {
            ...entry,
            state: 'unknown',
            message: lostAnswerText(lost, 'the change may have been saved'),
          };
        }
        return { ...entry, state: 'failed', message: messageOf(error) };
      }
    },
  };
}

function notStoredMessage(fields: readonly (readonly string[])[], isDryRun: boolean): string {
  return `${notStoredText(fields, { isDryRun })} ${ADMISSION_HINT}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Unknown error.';
}

/** Returns the entries that the next run writes: those that passed and those whose write wasn't confirmed. */
export function entriesToSave(entries: readonly BulkEntry[], withManaged: boolean): readonly BulkEntry[] {
  return entries.filter(({ state, managedBy }) => isOpen(state) && (withManaged || managedBy === undefined));
}

/** Returns the entries that are left out because another tool manages them. */
export function managedEntries(entries: readonly BulkEntry[]): readonly BulkEntry[] {
  return entries.filter(({ state, managedBy }) => isOpen(state) && managedBy !== undefined);
}

function isOpen(state: EntryState): boolean {
  return state === 'ready' || state === 'failed' || state === 'unknown';
}

/** Applies the outcomes of a run to the entries. What wasn't started stays as it is. */
export function withOutcomes(
  entries: readonly BulkEntry[],
  outcomes: readonly Outcome<BulkEntry>[],
  results: ReadonlyMap<string, BulkEntry>,
): readonly BulkEntry[] {
  const failed = new Map(
    outcomes.flatMap((outcome) =>
      outcome.state === 'failed' ? [[outcome.item.plane.uid, outcome.problem] as const] : [],
    ),
  );
  return entries.map((entry) => {
    const message = failed.get(entry.plane.uid);
    return message === undefined
      ? (results.get(entry.plane.uid) ?? entry)
      : { ...entry, state: 'failed', message };
  });
}

/** What needs a person's attention comes first. */
const STATE_ORDER: readonly EntryState[] = [
  'failed',
  'unknown',
  'rejected',
  'ready',
  'unchecked',
  'saved',
  'same',
];

/** Returns the entries for the table: problems first, managed planes before those without a manager, else as selected. */
export function tableOrder(entries: readonly BulkEntry[]): readonly BulkEntry[] {
  const rank = ({ state, managedBy }: BulkEntry) =>
    STATE_ORDER.indexOf(state) * 2 + (managedBy === undefined ? 1 : 0);
  return entries.toSorted((a, b) => rank(a) - rank(b));
}

const STATE_TEXTS: Record<EntryState, string> = {
  unchecked: 'Not checked',
  ready: 'Will change',
  same: 'Already so',
  rejected: 'Dry run failed',
  saved: 'Saved',
  failed: 'Not saved',
  unknown: 'Outcome unknown',
};

/** Returns an entry's state in words. */
export function entryText({ state, managedBy }: BulkEntry, withManaged: boolean): string {
  if (state !== 'ready' || managedBy === undefined) return STATE_TEXTS[state];
  const tool = managingToolText(managedBy);
  return withManaged ? `Will change, and ${tool} will revert it` : `Left out: managed by ${tool}`;
}
