import { limitsOf, parseWallAddress } from '@/lib/plane/wall/wall-address';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { NO_LIMITS, wallViewOf } from '@/lib/server/wall/wall-view';

export const dynamic = 'force-dynamic';

/**
 * `?<a wall's filters and group>`: returns the frame that such a wall would get now, limited to the planes that the
 * caller may see. It uses the wall's own projection, so it shows nothing that the wall wouldn't. A wall's cookie
 * doesn't open it.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const person = await viewOf(await resolveCaller(request));
    const { hub, mode } = getRuntime().wall;
    const parameters = new URL(request.url).searchParams;
    // A link to this wall is limited to the same planes and counts no others.
    const { kinds, roles, namespaces } = limitsOf(parseWallAddress(parameters));
    const ofLink = { kinds: [...kinds], roles: [...roles], namespaces: [...namespaces] };
    const limits = mode === 'token' ? ofLink : NO_LIMITS;
    return jsonResponse(hub.json(wallViewOf(limits, parameters), person));
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
