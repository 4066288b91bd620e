import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { registrationGateway } from '@/lib/server/registration/cluster-gateway';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns the gateway address that agents connect to, and the certificate that they verify the gateway with. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () =>
    jsonResponse(JSON.stringify(await registrationGateway(await resolveCaller(request.headers)))),
  );
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
