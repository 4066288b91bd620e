import { parsePlaneSegments } from '@/lib/plane/plane-path';
import { answering, jsonAnswer, refuseMethod } from '@/lib/server/api-answer';
import { resolveCaller } from '@/lib/server/caller';
import { getPlaneDetail } from '@/lib/server/pages/plane-page';
import { ProblemError } from '@/lib/server/problem';
import { refreshPlane } from '@/lib/server/registration/refresh-plane';
import { requireOwnJsonRequest, requireWritable } from '@/lib/server/write-guard';

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

/** `.../refresh`: touches the plane, so that its controller looks at once. Its body is not looked at. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { segments } = await params;
  if (segments.at(-1) !== 'refresh') return refuse();
  return answering(async () => {
    requireOwnJsonRequest(request.headers);
    requireWritable();
    const identity = parsePlaneSegments(segments.slice(0, -1));
    if (!identity) throw new ProblemError('not-found', 'This path names no plane.');
    return jsonAnswer(JSON.stringify(await refreshPlane(await resolveCaller(request.headers), identity)));
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as PUT };
