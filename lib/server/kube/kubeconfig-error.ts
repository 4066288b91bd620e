import 'server-only';

/** A kubeconfig that can't be used. Its message is a sentence for the person who starts the server. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
}

/** Recognises the error by name: `instanceof` fails across Next's copies of this module. */
export function isKubeconfigError(error: unknown): error is KubeconfigError {
  return error instanceof Error && error.name === 'KubeconfigError';
}
