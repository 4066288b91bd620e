import { clusterGateway } from '@/lib/server/agent-setup/cluster-gateway';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns the gateway address that agents connect to, and the certificate that they verify the gateway with. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () =>
    jsonResponse(JSON.stringify(await clusterGateway(await resolveCaller(request)))),
  );
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
