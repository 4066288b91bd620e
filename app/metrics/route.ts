import { refuseMethod, respond } from '@/lib/server/http/api-response';
import { ProblemError } from '@/lib/server/http/problem';
import { fleetMetrics } from '@/lib/server/metrics/fleet-metrics';
import { requestPathAccess } from '@/lib/server/rights/access-reviews';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const dynamic = 'force-dynamic';

/** The right that Prometheus has for the metrics of Kubernetes' own components. */
const METRICS_PATH = '/metrics';

/**
 * Returns Prometheus metrics of the fleet: numbers only, no plane names and no content of planes. They count all planes,
 * so with sign-in they take a right of their own.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { client, isOwnAccount } = await resolveCaller(request);
    if (!isOwnAccount && !(await requestPathAccess(client, METRICS_PATH)))
      throw new ProblemError(
        'forbidden',
        'Ask an administrator for permission to get the path /metrics (nonResourceURLs in a ClusterRole).',
      );
    const { engine, clock, certificates } = getRuntime();
    const planes = engine.records().map((record) => record.row.wire());
    const { gateway = null } = engine.controlPlane;
    const { contentType, text } = await fleetMetrics(
      planes,
      engine.sources.wire(),
      clock.nowMs(),
      gateway,
      engine.incidents,
      certificates.countForbiddenCas(),
    );
    return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
