'use client';

import { useMemo } from 'react';
import { ConsequenceList } from '@/components/plane/consequence-list';
import { useRecreatedPlane, useSiblings } from '@/components/plane/related/use-related-planes';
import { TaskFrame } from '@/components/plane/task-frame';
import { useCurrentPlane } from '@/components/plane/use-current-plane';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { deletionConsequences } from '@/lib/plane/deletion/deletion-consequences';
import { knownAgents } from '@/lib/plane/health/fresh-agent';
import { planeTitle } from '@/lib/plane/model/display-name';
import { managingToolText } from '@/lib/plane/related/related-resources';
import { ConfirmDeletion, useDeletion } from './confirm-deletion';
import { DeletionDone, DeletionProgress } from './deletion-progress';
import { type SecretDeletion, secretText } from './secret-text';

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
  const agents = knownAgents(row);
  const recreated = useRecreatedPlane(plane);
  const consequences = useMemo(
    () => related.value && deletionConsequences(plane, related.value, siblings, agents),
    [plane, related.value, siblings, agents],
  );
  const answer = deletion.data ?? null;
  const isGone = gone || answer?.outcome === 'gone';
  const isDeleting = plane.deletingSince !== undefined || answer !== null;
  const managedBy = related.value?.managedBy ?? null;
  const secret: SecretDeletion = {
    isRequested: deletion.variables?.deleteSecret === true,
    isPending: deletion.isPending,
    answer,
  };
  const aboutSecret = secretText(secret);
  return (
    <TaskFrame row={row} gone={isGone} title={`Delete ${planeTitle(plane)}`}>
      {isGone ? (
        <DeletionDone plane={plane} secret={secret} recreated={recreated} />
      ) : isDeleting ? (
        <>
          <DeletionProgress current={current} />
          {answer === null || aboutSecret === null ? null : <p className="text-pretty">{aboutSecret}</p>}
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
