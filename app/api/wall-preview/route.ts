import { answering, jsonAnswer, refuseMethod } from '@/lib/server/http/api-answer';
import { resolveCaller } from '@/lib/server/rights/caller';
import { getWallPreview } from '@/lib/server/wall/wall-preview';

export const dynamic = 'force-dynamic';

/** `?<a wall's filter and group>`: what that wall would show now, for whoever sets it up. No wall's cookie opens it. */
export async function GET(request: Request): Promise<Response> {
  return answering(async () => {
    const caller = await resolveCaller(request.headers);
    return jsonAnswer(await getWallPreview(caller, new URL(request.url).searchParams));
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
