'use client';

import { MessagePage } from '@/components/shell/message-page';
import { Button } from '@/components/ui/button';

/** A page that failed. What went wrong is in the server's log, under the digest; nothing of it is shown here. */
export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  return (
    <MessagePage
      status={error.digest ? `Error ${error.digest}` : 'Error'}
      title="This page could not be shown"
      action={
        <Button variant="outline" onClick={reset}>
          Try again
        </Button>
      }
    >
      Something went wrong in Planeboard itself. The server's log tells what, under the number above.
    </MessagePage>
  );
}
