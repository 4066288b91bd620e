'use client';

import { LoaderCircle } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Checkbox, TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import { ErrorBox, IconLine } from '@/components/ui/notice';
import { type PlaneDeletion, type PlaneDeletionAnswer, planeDeletionAnswerSchema } from '@/lib/api/deletion';
import type { FleetPlane } from '@/lib/api/fleet';
import { lostAnswerText, problemCode, sendJson } from '@/lib/client/api/api-request';
import { useWrite } from '@/lib/client/api/use-write';
import { type PlaneIdentity, planeApiPath, planePath } from '@/lib/plane/model/plane-path';
import type { AgentCa } from '@/lib/plane/related/related-resources';

export type Deletion = ReturnType<typeof useDeletion>;

/** Deletes the plane with this uid, never a new plane with the same name. */
export function useDeletion(plane: FleetPlane) {
  return useWrite({
    mutationFn: ({ deleteSecret, evenIfManaged }: DeletionOptions) =>
      sendDeletion(plane, {
        confirm: plane.name,
        uid: plane.uid,
        ...(deleteSecret ? { deleteSecret } : {}),
        ...(evenIfManaged ? { evenIfManaged } : {}),
      }),
  });
}

interface DeletionOptions {
  readonly deleteSecret: boolean;
  readonly evenIfManaged: boolean;
}

/** @throws ApiError; an error without a status leaves open whether the plane is being deleted */
async function sendDeletion(identity: PlaneIdentity, deletion: PlaneDeletion): Promise<PlaneDeletionAnswer> {
  return planeDeletionAnswerSchema.parse(await sendJson('DELETE', planeApiPath(identity), deletion));
}

/**
 * Asks for the plane's name before deleting it, and for a confirmation if another tool will create it again.
 *
 * @param tool the tool that manages the plane, such as `Argo CD (shop)`; null: no known tool
 */
export function ConfirmDeletion({
  plane,
  tool,
  ca,
  deletion: { mutate, error, isPending: isSending },
}: {
  readonly plane: FleetPlane;
  readonly tool: string | null;
  /** Null: not known. */
  readonly ca: AgentCa | null;
  readonly deletion: Deletion;
}) {
  const [name, setName] = useState('');
  const [withSecret, setWithSecret] = useState(false);
  const [isConfirmed, setConfirmed] = useState(false);
  const secret = ca?.source.from === 'secret' && ca.source.createdForThisPlane ? ca.source : null;
  const isShared = (secret?.usedBy.length ?? 0) > 0;
  // Another tool manages the plane and will create it again; the error names the tool.
  const isRefused = problemCode(error) === 'managed-elsewhere';
  const managedText =
    isRefused && error ? error.message : tool === null ? null : `${tool} manages this plane.`;
  const isReady = name === plane.name && (managedText === null || isConfirmed) && !isSending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) mutate({ deleteSecret: withSecret && !isShared, evenIfManaged: managedText !== null });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {secret === null ? null : (
        <div>
          <Checkbox
            checked={withSecret && !isShared}
            disabled={isShared}
            onChange={(event) => setWithSecret(event.target.checked)}
          >
            Also delete the Secret{' '}
            <code className="font-mono text-xs">
              {secret.namespace}/{secret.name}
            </code>
            , which Planeboard created for this plane
          </Checkbox>
          {isShared ? <p className="pl-6.5 text-muted text-xs">Kept because other planes use it.</p> : null}
        </div>
      )}
      {managedText === null ? null : (
        <div role="status">
          <IconLine tone="warning">{managedText}</IconLine>
          <Checkbox checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)}>
            Delete it anyway. I understand that it will be created again.
          </Checkbox>
        </div>
      )}
      <Field
        label={
          <>
            Type <code className="font-mono">{plane.name}</code> to confirm
          </>
        }
        className="max-w-md"
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={name}
            readOnly={isSending}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {error === null || isRefused ? null : (
        <ErrorBox>{lostAnswerText(error, 'the deletion may have started')}</ErrorBox>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={!isReady} className="bg-disconnected">
          {isSending ? <LoaderCircle size={14} aria-hidden="true" className="animate-spin" /> : null}
          {isSending ? 'Deleting…' : 'Delete plane'}
        </Button>
        <ButtonLink href={planePath(plane)} variant="outline">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
