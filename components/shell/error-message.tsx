'use client';

import { Button } from '@/components/ui/button';
import { Message } from './message';

/** Shown when a page fails. The server's log has the error, under the digest; the page shows none of it. */
export function ErrorMessage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  return (
    <Message
      status={error.digest ? `Error ${error.digest}` : 'Error'}
      title="This page couldn't be shown"
      action={
        <Button variant="outline" onClick={reset}>
          Try again
        </Button>
      }
    >
      Planeboard hit an unexpected error.
      {error.digest ? " Search the server's log for the number above." : ''}
    </Message>
  );
}
