'use client';

import { useMemo } from 'react';
import { managingToolText } from '@/components/plane/managing-tool-label';
import { TaskFrame } from '@/components/plane/task-frame';
import { useCurrentPlane } from '@/components/plane/use-current-plane';
import { useSuccessor } from '@/components/plane/use-successor';
import { ButtonLink } from '@/components/ui/button-link';
import { Card } from '@/components/ui/card';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import type { PlaneDeletionAnswer } from '@/lib/api/plane-writes';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { deletionConsequences } from '@/lib/plane/deletion/deletion-consequences';
import { planeTitle } from '@/lib/plane/fleet/fleet-view';
import { siblingKey } from '@/lib/plane/model/references';
import { ConfirmDeletion } from './confirm-deletion';
import { ConsequenceList } from './consequence-list';
import { DeletionDone, DeletionProgress } from './deletion-progress';
import { useDeletion } from './use-deletion';

/** The page on which a plane is deleted: what that will do, the confirmation, and how it goes until it is gone. */
export function DeletionScreen({
  plane: first,
  initialDetail,
}: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
}) {
  const now = useCurrentPlane(first, initialDetail);
  const { row, gone, related } = now;
  const { plane } = row;
  const deleting = useDeletion(plane);
  const siblings = useSiblingCount(plane);
  const successor = useSuccessor(plane);
  const consequences = useMemo(
    () => related.value && deletionConsequences(plane, related.value, siblings),
    [plane, related.value, siblings],
  );
  const answer = deleting.state.phase === 'accepted' ? deleting.state.answer : null;
  const isGone = gone || answer?.outcome === 'gone';
  const isGoing = plane.deletingSince !== undefined || answer !== null;
  const owner = related.value?.owner ?? null;
  return (
    <TaskFrame row={row} gone={isGone} title={`Delete ${planeTitle(plane)}`}>
      {isGone ? (
        <DeletionDone name={planeTitle(plane)} secretWords={secretWords(answer)} reborn={successor} />
      ) : isGoing ? (
        <>
          <DeletionProgress now={now} />
          {secretWords(answer) === null ? null : <p className="text-pretty">{secretWords(answer)}</p>}
        </>
      ) : (
        <>
          <Card title="What will happen">
            {consequences === null ? (
              <p role="status" className="text-pretty text-muted">
                {related.problem === null
                  ? 'Looking at what stands around it …'
                  : `What stands around it could not be read, so what its deletion does is not known. ${related.problem}`}
              </p>
            ) : (
              <ConsequenceList consequences={consequences} namespace={plane.namespace} />
            )}
          </Card>
          {owner === null ? null : <FromSource plane={plane} owner={managingToolText(owner)} />}
          <Card title="Delete it">
            {consequences === null && related.problem === null ? (
              <p className="text-muted">First what will happen is looked at.</p>
            ) : (
              <ConfirmDeletion
                plane={plane}
                owner={owner && managingToolText(owner)}
                ca={related.value?.ca ?? null}
                deleting={deleting}
              />
            )}
          </Card>
        </>
      )}
      {isGone ? (
        <div>
          <ButtonLink href="/">Back to the fleet</ButtonLink>
        </div>
      ) : null}
    </TaskFrame>
  );
}

/** What has to go from the source first, for whoever keeps planes in git. */
function FromSource({ plane, owner }: { readonly plane: FleetPlane; readonly owner: string }) {
  return (
    <Card title="Better: remove it from its source">
      <p className="text-pretty">
        {owner} keeps this plane. Remove the manifest of{' '}
        <code className="font-mono text-xs [overflow-wrap:anywhere]">
          {plane.kind} {plane.namespace === undefined ? '' : `${plane.namespace}/`}
          {plane.name}
        </code>{' '}
        there, with those that only it needs, such as the Secret of its certificate. Where the tool prunes, it
        deletes the plane itself; where it does not, delete it here afterwards.
      </p>
    </Card>
  );
}

/** How many other planes share its planeID. */
function useSiblingCount(plane: FleetPlane): number {
  const rows = useFleetRows(false);
  return useMemo(() => {
    const key = siblingKey(plane);
    if (key === null) return 0;
    return (rows ?? []).filter((row) => row.plane.uid !== plane.uid && siblingKey(row.plane) === key).length;
  }, [rows, plane]);
}

function secretWords(answer: PlaneDeletionAnswer | null): string | null {
  if (answer === null) return null;
  if (answer.secretProblem !== undefined) return answer.secretProblem;
  return answer.secret === 'deleted' ? 'The Secret that Planeboard made for it is deleted too.' : null;
}
