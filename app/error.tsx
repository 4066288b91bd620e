'use client';

import { ErrorMessage } from '@/components/shell/error-message';

/** Shown when the shell itself fails. */
export default function RootError(props: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <main className="flex">
      <ErrorMessage {...props} />
    </main>
  );
}
