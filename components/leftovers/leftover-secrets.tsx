'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorBox, Notice } from '@/components/ui/notice';
import { Age } from '@/components/ui/time';
import { type LeftoverSecret, leftoversSchema } from '@/lib/api/leftovers';
import { getJson, sendJson } from '@/lib/client/api/api-request';
import { useWrite } from '@/lib/client/api/use-write';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import { objectName, type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';

const LEFTOVERS_KEY = ['leftovers'];

/**
 * Names the Secrets that Planeboard created for planes that don't exist, and deletes them one by one. Renders nothing
 * while none are known.
 *
 * @param plane only the Secrets of this plane; absent: all
 */
export function LeftoverSecrets({
  plane,
  readOnly,
  className,
}: {
  readonly plane?: PlaneIdentity;
  readonly readOnly: boolean;
  readonly className?: string;
}) {
  const [chosen, setChosen] = useState<LeftoverSecret | null>(null);
  const { data } = useQuery({
    queryKey: LEFTOVERS_KEY,
    queryFn: async ({ signal }) => leftoversSchema.parse(await getJson('/api/leftovers', signal)),
  });
  const secrets = (data?.secrets ?? []).filter(
    (secret) => plane === undefined || planeKey(secret.plane) === planeKey(plane),
  );
  const [first] = secrets;
  if (first === undefined) return null;
  return (
    <>
      <Notice
        tone="warning"
        icon={<KeyRound size={15} aria-hidden="true" className="text-degraded" />}
        title={
          secrets.length === 1
            ? "A Secret belongs to a plane that doesn't exist."
            : `${secrets.length} Secrets belong to planes that don't exist.`
        }
        {...(className === undefined ? {} : { className })}
        details={
          <ul className="mt-1 grid gap-1">
            {secrets.map((secret) => (
              <li key={secret.uid} className="flex flex-wrap items-center gap-x-3">
                <span className="text-pretty [overflow-wrap:anywhere]">
                  <code className="font-mono text-xs">{secretName(secret)}</code>, created{' '}
                  <Age at={secret.createdAt} suffix=" ago" />
                  {secret.createdBy === undefined ? '' : ` by ${secret.createdBy}`} for {planeName(secret)}.
                </span>
                {readOnly ? null : (
                  <Button
                    variant="outline"
                    aria-label={`Delete Secret ${secretName(secret)}`}
                    onClick={() => setChosen(secret)}
                  >
                    Delete Secret
                  </Button>
                )}
              </li>
            ))}
          </ul>
        }
      >
        A registration was interrupted, or a plane was deleted without its Secrets. To use one again, register
        its plane and choose the existing Secret.
      </Notice>
      <Dialog open={chosen !== null} onClose={() => setChosen(null)} title="Delete this Secret?">
        {chosen === null ? null : (
          <ConfirmDeletion key={chosen.uid} secret={chosen} onClose={() => setChosen(null)} />
        )}
      </Dialog>
    </>
  );
}

function ConfirmDeletion({
  secret,
  onClose,
}: {
  readonly secret: LeftoverSecret;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const { mutate, isPending, error } = useWrite({
    mutationFn: () => {
      const { namespace, name, uid } = secret;
      return sendJson('DELETE', '/api/leftovers', { namespace, name, uid });
    },
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: LEFTOVERS_KEY }),
  });
  return (
    <>
      <p className="text-pretty text-muted [overflow-wrap:anywhere]">
        {secretName(secret)} holds credentials of {planeName(secret)}, which doesn't exist. You can't restore
        them afterwards.
      </p>
      {error === null ? null : (
        <div className="mt-3">
          <ErrorBox>{error.message}</ErrorBox>
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button variant="outline" onClick={onClose}>
          Keep Secret
        </Button>
        <Button variant="primary" disabled={isPending} className="bg-disconnected" onClick={() => mutate()}>
          {isPending ? 'Deleting…' : 'Delete Secret'}
        </Button>
      </div>
    </>
  );
}

function secretName({ namespace, name }: LeftoverSecret): string {
  return `${namespace}/${name}`;
}

function planeName({ plane: { plural, namespace, name } }: LeftoverSecret): string {
  const kind = kindOfPlural(plural)?.kind ?? plural;
  return objectName({ kind, ...(namespace === undefined ? {} : { namespace }), name });
}
