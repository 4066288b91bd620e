'use client';

import { LoaderCircle, TriangleAlert } from 'lucide-react';
import { useCallback } from 'react';
import { Card } from '@/components/ui/card';
import { Age } from '@/components/ui/time';
import type { UnfinishedReplacement } from '@/lib/api/replacements';
import { useTick } from '@/lib/client/feed/tick';
import { mayBeInProgress } from '@/lib/plane/credentials/replacement-record';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { joinList } from '@/lib/plane/model/text';
import { SettlementButtons, type SettlementChoice } from './settlement-buttons';
import { useSettlement } from './use-replacement-states';

/**
 * A replacement whose writes were interrupted, and the ways out: finish it or restore the old credential. While the
 * writes may still be in progress, says that instead.
 *
 * @param name of the credential within a sentence
 */
export function InterruptedReplacement({
  plane,
  slot,
  name,
  unfinished,
}: {
  readonly plane: PlaneIdentity;
  readonly slot: string;
  readonly name: string;
  readonly unfinished: UnfinishedReplacement;
}) {
  const control = useSettlement(plane, slot, () => {});
  const { at, by } = unfinished;
  const isWriting = useTick(useCallback((nowMs) => mayBeInProgress({ at }, nowMs), [at]));
  const who = by ?? 'Someone';
  if (isWriting)
    return (
      <p role="status" className="flex items-center gap-2 text-muted">
        <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
        <span>
          {who} began to replace the {name} <Age at={at} suffix=" ago" />. It may still be in progress…
        </span>
      </p>
    );
  return (
    <Card title="A replacement was interrupted">
      <div className="grid gap-3">
        <p role="status" className="flex items-start gap-2">
          <TriangleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-degraded" />
          <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">
            {who} began to replace the {name} <Age at={at} suffix=" ago" />, and the writes didn't complete.{' '}
            {progressText(unfinished)}
          </span>
        </p>
        <SettlementButtons choices={choicesOf(unfinished)} control={control} />
      </div>
    </Card>
  );
}

type Progress = Pick<UnfinishedReplacement, 'places' | 'written' | 'missing' | 'finishable'>;

function isSwitch({ places }: Progress): boolean {
  return places.some(({ was }) => was !== undefined);
}

function progressText(unfinished: Progress): string {
  const { written, missing } = unfinished;
  if (written.length + missing.length === 0)
    return "You can't read its Secrets, so it isn't known what was written.";
  if (isSwitch(unfinished))
    return missing.length === 0
      ? `The new ${secretNames(written)} exists. The plane still uses the old one.`
      : "The new Secret is missing, or isn't marked as written by this replacement. The plane still uses the old one. To finish, enter the new credential again below.";
  if (missing.length === 0)
    return unfinished.finishable
      ? `${secretNames(written)} has the new value. The plane wasn't refreshed.`
      : `${secretNames(written)} has the new value, but the plane doesn't refer to it yet.`;
  return written.length === 0
    ? 'No Secret is marked as written by this replacement. To finish, enter the new credential again below.'
    : `${secretNames(written)} has the new value, ${secretNames(missing)} still has the old one, so they don't match. To finish, enter the new credential again below.`;
}

function choicesOf(unfinished: Progress): SettlementChoice[] {
  const { written, finishable } = unfinished;
  const finish: SettlementChoice = {
    action: 'finish',
    label: 'Finish replacement',
    consequence: isSwitch(unfinished)
      ? `This switches the plane to ${secretNames(written)}. The old Secret stays until you delete it.`
      : 'The new credential stays, and the plane is refreshed. The old value stays until you delete it.',
    verb: 'Finish',
    isPrimary: true,
  };
  const restore: SettlementChoice =
    written.length === 0
      ? {
          action: 'restore',
          label: 'Discard replacement',
          consequence: 'The plane forgets this replacement. No Secret is changed.',
          verb: 'Discard',
        }
      : isSwitch(unfinished)
        ? {
            action: 'restore',
            label: 'Keep old Secret',
            consequence: `The plane keeps using the old Secret. ${secretNames(written)} is deleted if nothing uses it.`,
            verb: 'Keep Secret',
          }
        : {
            action: 'restore',
            label: 'Restore old value',
            consequence: `${secretNames(written)} gets its old value again.`,
            verb: 'Restore value',
          };
  return finishable ? [finish, restore] : [restore];
}

function secretNames(secrets: Progress['written']): string {
  return joinList(secrets.map(({ namespace, name }) => `Secret ${namespace}/${name}`));
}
