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
      title="This page could not be shown"
      action={
        <Button variant="outline" onClick={reset}>
          Try again
        </Button>
      }
    >
      Something went wrong in Planeboard itself.
      {error.digest ? " The server's log tells what, under the number above." : ''}
    </Message>
  );
}
