'use client';

import { useState } from 'react';
import { GoneNotice } from '@/components/plane/gone-notice';
import { ManagedNotice } from '@/components/plane/related/managed-notice';
import { TaskFrame } from '@/components/plane/task-frame';
import { useCurrentPlane } from '@/components/plane/use-current-plane';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import type { PlaneEditAnswer } from '@/lib/api/plane-writes';
import { useInstalledKind } from '@/lib/client/api/use-installed-kind';
import { planeTitle } from '@/lib/plane/fleet/fleet-view';
import type { EditPlace } from '@/lib/plane/model/plane-task';
import { isDirty } from './edit-session';
import { EditWork } from './edit-work';
import { SavedCard } from './saved-card';
import { StrandedEdit } from './stranded-edit';
import { UnsavedEdit } from './unsaved-edit';
import { useEditSession } from './use-edit-session';

/** The edit of a plane, on a page of its own: as a form, as YAML, and what it comes to before it is saved. */
export function EditScreen({
  plane,
  initialDetail,
  place,
}: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
  readonly place: EditPlace;
}) {
  const { row, gone, detail, related } = useCurrentPlane(plane, initialDetail);
  const kind = useInstalledKind(plane.plural);
  const session = useEditSession(plane.uid, detail);
  const [saved, setSaved] = useState<PlaneEditAnswer | null>(null);
  return (
    <TaskFrame row={row} gone={gone} title={`Edit ${planeTitle(row.plane)}`}>
      {gone ? <GoneNotice plane={row.plane} className="rounded-lg" /> : null}
      {saved ? (
        <SavedCard plane={row.plane} onAgain={() => setSaved(null)} />
      ) : (
        <>
          <ManagedNotice owner={related.value?.owner ?? null} className="rounded-lg" />
          {gone ? null : <StrandedEdit plane={row.plane} session={session} />}
          {gone && session && isDirty(session) ? (
            <UnsavedEdit session={session} />
          ) : kind.state === 'known' && session && !gone ? (
            <EditWork
              plane={row.plane}
              kind={kind.kind}
              session={session}
              owner={related.value?.owner ?? null}
              place={place}
              onSaved={setSaved}
            />
          ) : (
            <p role="status" className="text-muted">
              {waitingWords(kind.state === 'unknown' ? kind.reason : null, detail !== null, gone)}
            </p>
          )}
        </>
      )}
    </TaskFrame>
  );
}

function waitingWords(kindProblem: string | null, isRead: boolean, gone: boolean): string {
  if (gone) return 'There is nothing to edit any more.';
  if (!isRead) return 'The plane cannot be read now, so it cannot be edited.';
  if (kindProblem !== null) return `Which fields this kind has is not known now: ${kindProblem}`;
  return 'Reading which fields this kind has…';
}
