import { exactJson } from '@/lib/plane/json/exact-json';
import { getCatalog } from '@/lib/server/catalog/served-kinds';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns the installed plane kinds and their fields. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => jsonResponse(exactJson(await getCatalog(await resolveCaller(request)))));
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
