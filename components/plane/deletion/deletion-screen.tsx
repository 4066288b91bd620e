'use client';

import { clsx } from 'clsx';
import { CircleAlert, Info, OctagonAlert } from 'lucide-react';
import { useMemo } from 'react';
import { ObjectLink } from '@/components/plane/related/object-link';
import { useRecreatedPlane, useSiblings } from '@/components/plane/related/use-related-planes';
import { TaskFrame } from '@/components/plane/task-frame';
import { useCurrentPlane } from '@/components/plane/use-current-plane';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { PlaneDeletionAnswer } from '@/lib/api/deletion';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { type Consequence, deletionConsequences } from '@/lib/plane/deletion/deletion-consequences';
import { planeTitle } from '@/lib/plane/model/display-name';
import { managingToolText } from '@/lib/plane/related/related-resources';
import { ConfirmDeletion, useDeletion } from './confirm-deletion';
import { DeletionDone, DeletionProgress } from './deletion-progress';

/** The page that deletes a plane: the consequences, the confirmation, and the progress until the plane is deleted. */
export function DeletionScreen({
  plane: first,
  initialDetail,
}: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
}) {
  const current = useCurrentPlane(first, initialDetail);
  const { row, gone, related } = current;
  const { plane } = row;
  const deletion = useDeletion(plane);
  const siblings = useSiblings(plane).length;
  const recreated = useRecreatedPlane(plane);
  const consequences = useMemo(
    () => related.value && deletionConsequences(plane, related.value, siblings),
    [plane, related.value, siblings],
  );
  const answer = deletion.data ?? null;
  const isGone = gone || answer?.outcome === 'gone';
  const isDeleting = plane.deletingSince !== undefined || answer !== null;
  const managedBy = related.value?.managedBy ?? null;
  const secretText = secretResult(answer);
  return (
    <TaskFrame row={row} gone={isGone} title={`Delete ${planeTitle(plane)}`}>
      {isGone ? (
        <DeletionDone plane={plane} secretText={secretText} recreated={recreated} />
      ) : isDeleting ? (
        <>
          <DeletionProgress current={current} />
          {secretText === null ? null : <p className="text-pretty">{secretText}</p>}
        </>
      ) : (
        <>
          <Card title="Effects of the deletion">
            {consequences === null ? (
              <p role="status" className="text-pretty text-muted">
                {related.problem === null
                  ? 'Checking what deleting this plane affects…'
                  : `Related resources couldn't be read, so the effects of deleting this plane aren't known. ${related.problem}`}
              </p>
            ) : (
              <ConsequenceList consequences={consequences} namespace={plane.namespace} />
            )}
          </Card>
          {managedBy === null ? null : <RemoveFromSource plane={plane} tool={managingToolText(managedBy)} />}
          <Card title="Delete plane">
            {consequences === null && related.problem === null ? (
              <p className="text-muted">Available when the check is complete.</p>
            ) : (
              <ConfirmDeletion
                plane={plane}
                tool={managedBy && managingToolText(managedBy)}
                ca={related.value?.ca ?? null}
                deletion={deletion}
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

const WEIGHTS = {
  stop: { Icon: OctagonAlert, tone: 'text-disconnected', label: 'Blocker: ' },
  harm: { Icon: CircleAlert, tone: 'text-degraded', label: 'Impact: ' },
  note: { Icon: Info, tone: 'text-muted', label: 'Note: ' },
} as const;
/** Objects beyond this number are only counted. */
const MAX_NAMED = 12;

/** The consequences of a deletion, worst first, with the affected objects. */
function ConsequenceList({
  consequences,
  namespace,
}: {
  readonly consequences: readonly Consequence[];
  readonly namespace: string | undefined;
}) {
  return (
    <ul className="grid gap-3">
      {consequences.map(({ code, weight, text, objects }) => {
        const { Icon, tone, label } = WEIGHTS[weight];
        return (
          <li key={code} data-consequence={code} className="flex min-w-0 gap-2.5">
            <Icon size={16} aria-hidden="true" className={clsx('mt-0.5 shrink-0', tone)} />
            <div className="min-w-0">
              <p className="text-pretty [overflow-wrap:anywhere]">
                <span className="sr-only">{label}</span>
                {text}
              </p>
              {objects.length === 0 ? null : (
                <ul className="mt-1 grid gap-0.5">
                  {objects.slice(0, MAX_NAMED).map((object) => (
                    <li key={`${object.kind} ${object.namespace ?? ''} ${object.name}`}>
                      <ObjectLink object={object} from={namespace} />
                    </li>
                  ))}
                  {objects.length > MAX_NAMED ? (
                    <li className="text-muted text-xs">and {objects.length - MAX_NAMED} more</li>
                  ) : null}
                </ul>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Names the manifests to remove from the source of a managed plane. */
function RemoveFromSource({ plane, tool }: { readonly plane: FleetPlane; readonly tool: string }) {
  return (
    <Card title="Recommended: remove it from its source">
      <p className="text-pretty">
        {tool} manages this plane. Remove the manifest of{' '}
        <code className="font-mono text-xs [overflow-wrap:anywhere]">
          {plane.kind} {plane.namespace === undefined ? '' : `${plane.namespace}/`}
          {plane.name}
        </code>{' '}
        from its source, along with manifests that only this plane needs, such as its CA Secret. If the tool
        prunes, it deletes the plane. Otherwise, delete the plane here afterwards.
      </p>
    </Card>
  );
}

/** A sentence about the deletion of the plane's Secret; null if it wasn't requested. */
function secretResult(answer: PlaneDeletionAnswer | null): string | null {
  if (answer === null) return null;
  if (answer.secretProblem !== undefined) return answer.secretProblem;
  return answer.secret === 'deleted' ? 'The Secret that Planeboard created for it was deleted too.' : null;
}
