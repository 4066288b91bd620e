'use client';

import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import type { BrowserSession } from '@/lib/api/session';
import { SessionError, signIn } from '@/lib/client/session/session-requests';
import { TokenHelp } from './token-help';

/**
 * Signs in with a token. The token stays in the field until the server has answered, and is never stored.
 *
 * `onSignedIn` gets the session and the server's clock in milliseconds. The form stays disabled after that, because its
 * page or dialog goes away.
 */
export function SignInForm({
  isFirst,
  onSignedIn,
}: {
  /** Whether the field gets the focus when a dialog opens. */
  readonly isFirst: boolean;
  readonly onSignedIn: (session: BrowserSession, serverNowMs: number) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string | undefined>(undefined);
  const [isPending, setIsPending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isPending) return;
    const token = input.current?.value.trim() ?? '';
    if (token === '') {
      fail('Enter a token.');
      return;
    }
    setIsPending(true);
    setError(undefined);
    try {
      const { session, serverNowMs } = await signIn(token);
      if (input.current) input.current.value = '';
      onSignedIn(session, serverNowMs);
    } catch (failure) {
      setIsPending(false);
      fail(failure instanceof SessionError ? failure.message : 'Signing in failed. Try again.');
    }
  };
  const fail = (sentence: string) => {
    setError(sentence);
    input.current?.focus();
    input.current?.select();
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4" noValidate>
      <Field label="Token" help="A bearer token that your cluster's API server accepts." error={error}>
        {(control) => (
          <TextInput
            {...control}
            ref={input}
            type="password"
            name="token"
            mono
            aria-required
            {...(isFirst ? { 'data-first-focus': '' } : {})}
          />
        )}
      </Field>
      {/* Not `disabled`: that would take the focus away from the button. */}
      <Button
        type="submit"
        variant={isFirst ? 'primary' : 'outline'}
        aria-disabled={isPending || undefined}
        className="h-9 w-full aria-disabled:opacity-60"
      >
        {isPending ? 'Signing in…' : isFirst ? 'Sign in' : 'Sign in with the token'}
      </Button>
      <TokenHelp />
    </form>
  );
}
