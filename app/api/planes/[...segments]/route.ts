import { type PlaneTarget, parsePlaneAction } from '@/lib/plane/plane-action';
import { answering, jsonAnswer, refuseMethod } from '@/lib/server/api-answer';
import { resolveCaller } from '@/lib/server/caller';
import { getPlaneCircumstances } from '@/lib/server/circumstances/plane-circumstances';
import { getPlaneDetail } from '@/lib/server/pages/plane-page';
import { ProblemError, problemResponse } from '@/lib/server/problem';
import { refreshPlane } from '@/lib/server/registration/refresh-plane';
import { getPlaneTimeline } from '@/lib/server/timeline/plane-timeline';
import { requireOwnJsonRequest, requireWritable } from '@/lib/server/write-guard';

export const dynamic = 'force-dynamic';

type Context = { readonly params: Promise<{ readonly segments: string[] }> };

/** The methods of a plane and of each thing that hangs under it. */
const ALLOWED = {
  itself: 'GET, HEAD',
  refresh: 'POST',
  circumstances: 'GET, HEAD',
  events: 'GET, HEAD',
  timeline: 'GET, HEAD',
  credentials: 'POST',
} as const;

/** One plane with its spec, secrets masked. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const target = targetOf((await params).segments);
    const caller = await resolveCaller(request.headers);
    switch (target.action) {
      case null:
        return jsonAnswer(JSON.stringify(await getPlaneDetail(caller, target.identity)));
      case 'circumstances':
        return jsonAnswer(JSON.stringify(await getPlaneCircumstances(caller, target.identity)));
      case 'timeline':
        return jsonAnswer(JSON.stringify(await getPlaneTimeline(caller, target.identity)));
      default:
        return refused(target);
    }
  });
}

/** `.../refresh`: touches the plane, so that its controller looks at once. Its body is not looked at. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const target = targetOf((await params).segments);
    switch (target.action) {
      case 'refresh': {
        requireOwnJsonRequest(request.headers);
        requireWritable();
        return jsonAnswer(
          JSON.stringify(await refreshPlane(await resolveCaller(request.headers), target.identity)),
        );
      }
      default:
        return refused(target);
    }
  });
}

/** @throws ProblemError `not-found` when the path names nothing */
function targetOf(segments: readonly string[]): PlaneTarget {
  const target = parsePlaneAction(segments);
  if (!target) throw new ProblemError('not-found', 'This path names no plane.');
  return target;
}

function refused({ action }: PlaneTarget): Response {
  return problemResponse(new ProblemError('method-not-allowed'), { allow: ALLOWED[action ?? 'itself'] });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as PUT };
