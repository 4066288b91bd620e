'use client';

import { ErrorMessage } from '@/components/shell/error-message';

/** A page of the console failed; the shell around it stays. */
export default function ConsoleError(props: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return <ErrorMessage {...props} />;
}
