import { parsePlaneSegments } from '@/lib/plane/plane-path';
import { answering, jsonAnswer, refuseMethod } from '@/lib/server/api-answer';
import { resolveCaller } from '@/lib/server/caller';
import { getPlaneDetail } from '@/lib/server/pages/plane-page';
import { ProblemError } from '@/lib/server/problem';

export const dynamic = 'force-dynamic';

type Context = { readonly params: Promise<{ readonly segments: string[] }> };

/** One plane with its spec, secrets masked. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const identity = parsePlaneSegments((await params).segments);
    if (!identity) throw new ProblemError('not-found', 'This path names no plane.');
    const caller = await resolveCaller(request.headers);
    return jsonAnswer(JSON.stringify(await getPlaneDetail(caller, identity)));
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
