import { getFleetJson } from '@/lib/server/feed/get-fleet';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns all planes that the caller may see. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => jsonResponse(await getFleetJson(await resolveCaller(request.headers))));
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
