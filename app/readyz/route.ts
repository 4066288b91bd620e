import type { Readiness } from '@/lib/api/readiness';
import { jsonResponse, respond } from '@/lib/server/http/api-response';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const dynamic = 'force-dynamic';

/**
 * Returns what a load balancer may know. An unreachable API server is reported but doesn't make a replica unready:
 * all replicas would be unready at once, and no one could open the page that explains the outage.
 */
export async function GET(): Promise<Response> {
  return respond(async () => {
    const { engine } = getRuntime();
    const { problem: _, ...apiServer } = engine.apiServer.wire();
    const sources = engine.sources.wire().map(({ problem: __, ...source }) => source);
    return jsonResponse(JSON.stringify({ status: 'ready', apiServer, sources } satisfies Readiness));
  });
}
