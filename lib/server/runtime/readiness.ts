import 'server-only';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { getRuntime } from './get-runtime';

export interface Readiness {
  /** The configuration was read and the server is up: otherwise nobody would get this answer. */
  readonly status: 'ready';
  readonly apiServer: Omit<ApiServer, 'problem'>;
  readonly sources: readonly Omit<Source, 'problem'>[];
}

/**
 * What a load balancer may know. An API server that is away is told and makes nobody unready: all replicas would be at
 * once, and the page that says what is the matter would be gone.
 */
export function getReadiness(): Readiness {
  const { engine } = getRuntime();
  const { problem: _, ...apiServer } = engine.apiServer.wire();
  return {
    status: 'ready',
    apiServer,
    sources: engine.sources.wire().map(({ problem: __, ...source }) => source),
  };
}
