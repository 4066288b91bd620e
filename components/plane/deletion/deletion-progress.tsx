'use client';

import { CircleCheck, LoaderCircle, OctagonAlert } from 'lucide-react';
import Link from 'next/link';
import { useStoredCommandValues } from '@/components/agent-setup/stored-command-values';
import { LeftoverSecrets } from '@/components/leftovers/leftover-secrets';
import { CommandContexts } from '@/components/plane/command-contexts';
import { usePlanePage } from '@/components/plane/plane-page-context';
import { ObjectLink } from '@/components/plane/related/object-link';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Card } from '@/components/ui/card';
import { CommandBlock } from '@/components/ui/command-block';
import { Age } from '@/components/ui/time';
import { deletionBlock } from '@/lib/plane/model/conditions';
import { planeTitle } from '@/lib/plane/model/display-name';
import { finalizerRemovalText, finalizerText } from '@/lib/plane/model/finalizer-texts';
import type { Plane } from '@/lib/plane/model/plane';
import { planePath } from '@/lib/plane/model/plane-path';
import { deleteEnvironmentCommand, removeFinalizersCommand } from '@/lib/plane/model/shell-commands';
import { joinList } from '@/lib/plane/model/text';
import { mayShowLeftovers, type SecretDeletion, secretText } from './secret-text';

/** Environments beyond this number are only counted. */
const MAX_NAMED = 8;

/** The progress of a deletion: its duration, what it waits for, and how to unblock it. */
export function DeletionProgress({ current: { row, detail, related } }: { readonly current: CurrentPlane }) {
  const { plane } = row;
  const { controlPlaneContext: context } = useStoredCommandValues('');
  const block = deletionBlock(plane.conditions);
  const environments = (related.value?.referrers ?? []).filter(({ kind }) => kind === 'Environment');
  const finalizers = detail?.finalizers ?? [];
  const Icon = block ? OctagonAlert : LoaderCircle;
  const drop = removeFinalizersCommand(plane, context);
  const commands = block
    ? environments.slice(0, MAX_NAMED).map((environment) => deleteEnvironmentCommand(environment, context))
    : [];
  return (
    <>
      <Card title={block ? 'Deletion blocked' : 'Deleting'}>
        <p role="status" className="flex items-start gap-2">
          <Icon
            size={15}
            aria-hidden="true"
            className={
              block ? 'mt-0.5 shrink-0 text-disconnected' : 'mt-0.5 shrink-0 animate-spin text-muted'
            }
          />
          <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">
            {block?.message ||
              (finalizers.length === 0
                ? 'The API server has accepted the deletion.'
                : `Waiting for ${finalizers.length === 1 ? 'the finalizer' : 'the finalizers'} ${joinList(finalizers)}.`)}
          </span>
        </p>
        <p className="mt-1 text-muted">
          Terminating for <Age at={plane.deletingSince} />. You can't cancel a deletion.
        </p>
        {block && environments.length > 0 ? (
          <div className="mt-4">
            <p className="text-pretty">
              You can't move an Environment to another plane. Delete each of these, along with everything
              deployed in it. This page updates itself.
            </p>
            <CommandContexts plane={plane} commands={commands} className="mt-2" />
            <ul className="mt-2 grid gap-2">
              {environments.slice(0, MAX_NAMED).map((environment, index) => (
                <li key={`${environment.namespace ?? ''} ${environment.name}`}>
                  <ObjectLink object={environment} from={plane.namespace} />
                  <CommandBlock
                    command={commands[index] ?? ''}
                    label={`Delete the Environment ${environment.name}`}
                    wrap
                  />
                </li>
              ))}
            </ul>
            {environments.length > MAX_NAMED ? (
              <p className="mt-2 text-muted">and {environments.length - MAX_NAMED} more</p>
            ) : null}
          </div>
        ) : null}
        {block && related.value?.referrersNotVisible.includes('Environment') ? (
          <p className="mt-3 text-pretty text-muted">
            Environments couldn't be listed with your permissions, so it isn't known which ones block the
            deletion.
          </p>
        ) : null}
      </Card>
      <details className="rounded-xl border border-line bg-surface px-4 py-2.5">
        <summary className="font-medium">If the deletion doesn't finish</summary>
        <p className="mt-2 text-pretty">
          {finalizerText(plane)} {finalizerRemovalText(plane)} Planeboard never does this itself.
        </p>
        <CommandContexts plane={plane} commands={[drop]} className="mt-2 mb-2" />
        <CommandBlock command={drop} label="Remove all finalizers" wrap />
      </details>
    </>
  );
}

/** Reports that the plane is deleted. */
export function DeletionDone({
  plane,
  secret,
  recreated,
}: {
  readonly plane: Plane;
  readonly secret: SecretDeletion;
  /** A new plane with the same kind and name; null: none exists. */
  readonly recreated: Plane | null;
}) {
  const { readOnly } = usePlanePage();
  const aboutSecret = secretText(secret);
  return (
    <Card title="Deleted">
      <p role="status" className="flex items-start gap-2">
        <CircleCheck size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-healthy" />
        <span className="text-pretty">
          {planeTitle(plane)} has been deleted.{aboutSecret === null ? '' : ` ${aboutSecret}`}
        </span>
      </p>
      {recreated ? (
        <p className="mt-2 text-pretty text-degraded">
          A plane with the same kind and name has been created again.{' '}
          <Link href={planePath(recreated) as '/'} prefetch={false} className="underline underline-offset-2">
            Show new plane
          </Link>
        </p>
      ) : mayShowLeftovers(secret) ? (
        <LeftoverSecrets plane={plane} readOnly={readOnly} className="mt-3 rounded-lg" />
      ) : null}
    </Card>
  );
}
