'use client';

import { LoaderCircle } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import { focusFirstInvalid } from '@/components/ui/focus-field';
import { ErrorBox } from '@/components/ui/notice';
import { limitsSummary } from '@/lib/plane/wall/limits-summary';
import { enterUrl, limitsOf, type WallAddress } from '@/lib/plane/wall/wall-address';
import { MAX_TITLE } from '@/lib/plane/wall/wall-choices';
import type { NewLink } from './new-link-card';
import { useCreateLink } from './use-wall-links';

/** Creates the link that admits a screen. The typed name stays whether this succeeds or not. */
export function CreateLinkCard({
  origin,
  address,
  isValid,
  lifeDays,
  ownName,
  onName,
  onCreated,
}: {
  readonly origin: string;
  readonly address: WallAddress;
  /** Whether the form above has no errors. */
  readonly isValid: boolean;
  /** How long the link lasts; null if that's unknown. */
  readonly lifeDays: number | null;
  /** The link's name; null if the link is named after the wall. */
  readonly ownName: string | null;
  readonly onName: (name: string) => void;
  readonly onCreated: (link: NewLink) => void;
}) {
  const [tried, setTried] = useState(false);
  const { create, busy, failure } = useCreateLink(({ token, endsAt }, wanted) =>
    onCreated({ name: wanted.title, url: enterUrl(origin, token, wanted.address), endsAt }),
  );
  const name = ownName ?? address.choices.title ?? '';
  const nameProblem = name.trim() === '' ? 'Name this link so you can revoke it later.' : undefined;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    setTried(true);
    if (!isValid || nameProblem !== undefined) {
      // Focuses the first invalid field of the whole page: the fields above come before the name.
      focusFirstInvalid(event.currentTarget.closest('main') ?? event.currentTarget);
      return;
    }
    create({ title: name.trim(), address });
  };
  return (
    <Card title="New wall link">
      <form onSubmit={submit} noValidate className="grid gap-3">
        <p className="text-pretty">
          A screen opens the wall with a link. The link never shows more than:{' '}
          <strong className="font-semibold">{limitsSummary(limitsOf(address))}</strong>.
          {lifeDays === null ? null : ` It ends after ${lifeDays === 1 ? '1 day' : `${lifeDays} days`}.`}
        </p>
        <Field
          label="Link name"
          help="Shown in the list below, and on a wall without a title."
          error={tried ? nameProblem : undefined}
          className="max-w-md"
        >
          {(control) => (
            <TextInput
              {...control}
              value={name}
              maxLength={MAX_TITLE}
              readOnly={busy}
              onChange={(event) => onName(event.target.value)}
            />
          )}
        </Field>
        {tried && !isValid ? <ErrorBox>Fix the marked fields first.</ErrorBox> : null}
        {failure === null ? null : <ErrorBox>{failure}</ErrorBox>}
        <div>
          <Button type="submit" variant="primary" disabled={busy}>
            {busy ? <LoaderCircle size={14} aria-hidden="true" className="animate-spin" /> : null}
            {busy ? 'Creating link…' : 'Create link'}
          </Button>
        </div>
      </form>
    </Card>
  );
}
