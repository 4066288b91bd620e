import { getFleetJson } from '@/lib/server/fleet/get-fleet';
import { answering, jsonAnswer, refuseMethod } from '@/lib/server/http/api-answer';
import { resolveCaller } from '@/lib/server/rights/caller';

export const dynamic = 'force-dynamic';

/** The whole fleet, as the caller may see it. */
export async function GET(request: Request): Promise<Response> {
  return answering(async () => jsonAnswer(await getFleetJson(await resolveCaller(request.headers))));
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
