import { exactJson } from '@/lib/plane/json/exact-json';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { registrationKinds } from '@/lib/server/registration/creation-rights';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns the installed kinds, and whether the caller may create planes of each. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => jsonResponse(exactJson(await registrationKinds(await resolveCaller(request)))));
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
