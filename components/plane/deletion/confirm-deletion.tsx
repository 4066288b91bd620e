'use client';

import { LoaderCircle } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { ErrorBox, IconLine } from '@/components/ui/icon-line';
import { TextInput } from '@/components/ui/text-input';
import type { FleetPlane } from '@/lib/api/fleet';
import { planePath } from '@/lib/plane/model/plane-path';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import type { Deleting } from './use-deletion';

/**
 * Asks for the plane's name before it is deleted, and for a confirmation where another tool will make it anew.
 *
 * @param owner who keeps the plane, in words; null: nobody that is known of
 */
export function ConfirmDeletion({
  plane,
  owner,
  ca,
  deleting: { state, send },
}: {
  readonly plane: FleetPlane;
  readonly owner: string | null;
  /** Null: it is not known. */
  readonly ca: AgentCa | null;
  readonly deleting: Deleting;
}) {
  const [name, setName] = useState('');
  const [withSecret, setWithSecret] = useState(false);
  const [isConfirmed, setConfirmed] = useState(false);
  const secret = ca?.source.from === 'secret' && ca.source.createdForThisPlane ? ca.source : null;
  const isShared = (secret?.usedBy.length ?? 0) > 0;
  const kept = state.phase === 'owned' ? state.detail : owner === null ? null : `${owner} keeps this plane.`;
  const isSending = state.phase === 'sending';
  const isReady = name === plane.name && (kept === null || isConfirmed) && !isSending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) send({ deleteSecret: withSecret && !isShared, despiteOwner: kept !== null });
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
            Delete the Secret{' '}
            <code className="font-mono text-xs">
              {secret.namespace}/{secret.name}
            </code>{' '}
            too, which Planeboard made for this plane
          </Checkbox>
          {isShared ? (
            <p className="pl-6.5 text-muted text-xs">Other planes use it as well, so it stays.</p>
          ) : null}
        </div>
      )}
      {kept === null ? null : (
        <div role="status">
          <IconLine tone="warning">{kept}</IconLine>
          <Checkbox checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)}>
            Delete it all the same: I know that it will be made anew.
          </Checkbox>
        </div>
      )}
      <Field
        label={
          <>
            Type <code className="font-mono">{plane.name}</code> to delete it
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
      {state.phase === 'failed' ? <ErrorBox>{state.message}</ErrorBox> : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={!isReady} className="bg-disconnected">
          {isSending ? <LoaderCircle size={14} aria-hidden="true" className="animate-spin" /> : null}
          {isSending ? 'Deleting …' : 'Delete the plane'}
        </Button>
        <ButtonLink href={planePath(plane)} variant="outline">
          Keep it
        </ButtonLink>
      </div>
    </form>
  );
}
