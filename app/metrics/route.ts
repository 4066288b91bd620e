import { refuseMethod, respond } from '@/lib/server/http/api-response';
import { fleetMetrics } from '@/lib/server/metrics/fleet-metrics';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const dynamic = 'force-dynamic';

/** Returns Prometheus metrics of the fleet: numbers only, no plane names and no content of planes. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    await resolveCaller(request.headers);
    const { engine, clock } = getRuntime();
    const planes = engine.records().map((record) => record.row.wire());
    const { gateway = null } = engine.controlPlane;
    const { contentType, text } = await fleetMetrics(
      planes,
      engine.sources.wire(),
      clock.nowMs(),
      gateway,
      engine.incidents,
    );
    return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
