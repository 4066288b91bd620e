'use client';

import { ErrorMessage } from '@/components/shell/error-message';

/** The shell itself failed. */
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
