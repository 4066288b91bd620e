'use client';

import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useHistory } from '@/components/plane/use-history';
import { Button, ButtonLink } from '@/components/ui/button';
import { Age, Utc } from '@/components/ui/time';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { ADMISSION_HINT, notStoredText } from '@/lib/plane/history/not-stored-text';
import { type Overwritten, overwrittenFields } from '@/lib/plane/history/saved-fields';
import { fieldText } from '@/lib/plane/history/write-text';
import { planePath } from '@/lib/plane/model/plane-path';
import { joinSome } from '@/lib/plane/model/text';

const TEXT = 'mt-1 max-w-prose text-pretty [overflow-wrap:anywhere]';

/**
 * Confirms that the edit was saved, or names what wasn't stored as requested. Says so when someone takes the edit back.
 * The plane's page shows what the controller does with it.
 */
export function SavedCard({
  row,
  saved,
  onAgain,
}: {
  readonly row: FleetRow;
  readonly saved: PlaneEditAnswer;
  readonly onAgain: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const { latest: history } = useHistory(row);
  const overwritten = overwrittenFields(history?.entries ?? [], saved.resourceVersion);
  const isStored = saved.notStored.length === 0;
  const isIntact = isStored && overwritten.length === 0;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="status"
      className={`rounded-xl border px-4 py-4 focus-visible:outline-none ${
        isIntact ? 'border-healthy/35 bg-healthy-soft' : 'border-degraded/35 bg-warning-soft'
      }`}
    >
      <p className="flex items-center gap-2 font-semibold">
        {isIntact ? (
          <>
            <CircleCheck size={16} aria-hidden="true" className="text-healthy" /> Saved
          </>
        ) : (
          <>
            <TriangleAlert size={16} aria-hidden="true" className="text-degraded" />{' '}
            {isStored ? overwrittenTitle(overwritten) : notStoredText(saved.notStored, { isDryRun: false })}
          </>
        )}
      </p>
      {isIntact ? (
        <p className={TEXT}>
          The API server has stored the change. The plane's page shows the result after the controller has
          reconciled the plane.
        </p>
      ) : null}
      {isStored ? null : <p className={TEXT}>{ADMISSION_HINT}</p>}
      {overwritten.map((write) => (
        <p key={write.fields.map((path) => path.join('.')).join()} className={TEXT}>
          {overwrittenText(write)} <Age at={write.at} suffix=" ago" /> · <Utc at={write.at} />
        </p>
      ))}
      <div className="mt-3 flex flex-wrap gap-2">
        <ButtonLink href={planePath(row.plane)}>Back to the plane</ButtonLink>
        <Button variant="outline" onClick={onAgain}>
          Edit again
        </Button>
      </div>
    </div>
  );
}

function overwrittenTitle(overwritten: readonly Overwritten[]): string {
  const isRevert = overwritten.every((write) => write.isRevert);
  return isRevert ? 'Saved, then reverted' : 'Saved, then changed again';
}

function overwrittenText({ by, fields, isRevert }: Overwritten): string {
  const names = joinSome(fields.map(fieldText), 6);
  if (!isRevert) return `${names} changed again by ${by}.`;
  return `Reverted by ${by}: ${names} ${fields.length === 1 ? 'has its earlier value' : 'have their earlier values'} again.`;
}
