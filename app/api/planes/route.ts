import { openFleetAnswer } from '@/lib/server/feed/get-fleet';
import { refuseMethod, respond, sharedJsonResponse } from '@/lib/server/http/api-response';
import { acceptedEncoding } from '@/lib/server/http/content-encoding';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns all planes that the caller may see. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const encoding = acceptedEncoding(request.headers);
    const body = await openFleetAnswer(await resolveCaller(request), encoding);
    return sharedJsonResponse(body, encoding);
  });
}

export async function HEAD(request: Request): Promise<Response> {
  return respond(async () => {
    await resolveCaller(request);
    return sharedJsonResponse(null);
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
