import 'server-only';
import type { User } from '@kubernetes/client-node';
import { KubeError } from './kube-error';

/**
 * Returns the error for a credential that couldn't be read or created. A program is named by its command alone: its
 * arguments, its environment and what it prints may contain secrets.
 */
export function signInFailure(user: User | null, error: unknown): KubeError {
  const program = programOf(user);
  return new KubeError(
    'credential',
    program === null
      ? "The kubeconfig's credentials can't be read or created."
      : `${program} ${howItFailed(error)}. Run it in a terminal to see why.`,
  );
}

/** Returns the error for a credential that isn't there in time: only a program takes long. */
export function signInLate(user: User | null): KubeError {
  const program = programOf(user) ?? "The kubeconfig's sign-in";
  return new KubeError('credential', `${program} hasn't answered yet. It may be waiting for input.`);
}

function programOf(user: User | null): string | null {
  const command: unknown = user?.exec?.command;
  return typeof command === 'string' ? `The kubeconfig's program for signing in (${command})` : null;
}

function howItFailed(error: unknown): string {
  if (error instanceof SyntaxError) return "didn't print a credential";
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code === null ? 'failed' : `can't be started (${code})`;
}
