'use client';

import { ErrorMessage } from '@/components/shell/error-message';

/** Shown when a console page fails; the shell around it stays. */
export default function ConsoleError(props: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return <ErrorMessage {...props} />;
}
