import { caAccess } from '@/lib/server/credentials/ca-access';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns the Roles with which Planeboard's account can read exactly the Secrets with the CAs of the visible planes. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => jsonResponse(JSON.stringify(await caAccess(await resolveCaller(request)))));
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
