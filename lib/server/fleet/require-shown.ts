import 'server-only';
import type { WatchScope } from '@/lib/plane/fleet/watch-scope';
import { ProblemError } from '@/lib/server/http/problem';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** Returns why Planeboard shows no planes in a namespace, in a sentence; null if it does. */
export function notShownText(namespace: string | undefined): string | null {
  const { namespaces } = getRuntime();
  if (namespace === undefined || namespaces.length === 0 || namespaces.includes(namespace)) return null;
  return `Planeboard doesn't show planes in the namespace ${namespace}. Its setting PLANEBOARD_NAMESPACES names those that it shows.`;
}

/**
 * Checks that a plane is in a namespace that Planeboard shows. Whether it exists isn't told.
 *
 * @throws ProblemError `forbidden`
 */
export function requireShown({ namespace }: Pick<WatchScope, 'namespace'>): void {
  const text = notShownText(namespace);
  if (text !== null) throw new ProblemError('forbidden', text);
}
