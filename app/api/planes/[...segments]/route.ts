import { credentialReplacementSchema } from '@/lib/api/credentials';
import { planeDeletionSchema } from '@/lib/api/deletion';
import { planeEditRequestSchema } from '@/lib/api/edit';
import { PLANE_METHODS } from '@/lib/api/plane-methods';
import { settlementSchema } from '@/lib/api/replacements';
import { exactJson } from '@/lib/plane/json/exact-json';
import { type PlaneTarget, parsePlaneSubresource } from '@/lib/plane/model/plane-path';
import { replaceCredential } from '@/lib/server/credentials/replace-credential';
import { replacementStates } from '@/lib/server/credentials/replacement-states';
import { settleReplacement } from '@/lib/server/credentials/settle-replacement';
import { deletePlane } from '@/lib/server/deletion/delete-plane';
import { editPlane } from '@/lib/server/edit/edit-plane';
import { refreshPlane } from '@/lib/server/edit/refresh-plane';
import { streamFormOf } from '@/lib/server/feed/stream-form';
import { readHiddenAnnotation } from '@/lib/server/fleet/read-annotation';
import { getPlaneDetail, readPlane } from '@/lib/server/fleet/read-plane';
import { getPlaneHistory } from '@/lib/server/history/get-plane-history';
import { jsonResponse, refuseMethod, respond, streamResponse } from '@/lib/server/http/api-response';
import { ProblemError, problemResponse } from '@/lib/server/http/problem';
import { readJsonBody } from '@/lib/server/http/request-body';
import { requireWritable } from '@/lib/server/http/write-guard';
import { openPlaneEvents } from '@/lib/server/related/open-plane-events';
import { getRelatedResources } from '@/lib/server/related/related-resources';
import { requireSender, resolveCaller } from '@/lib/server/rights/resolve-caller';
import type { z } from '@/lib/zod';

export const dynamic = 'force-dynamic';

type Context = { readonly params: Promise<{ readonly segments: string[] }> };

/**
 * Returns a plane with its spec and secrets masked, one of its annotations that the plane leaves out, its related resources, its events as a stream, its history, or the
 * replacements of its credentials.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    const target = targetOf((await params).segments);
    const caller = await resolveCaller(request);
    switch (target.action) {
      case null:
        return jsonResponse(exactJson(await getPlaneDetail(caller, target.identity)));
      case 'annotations': {
        const name = new URL(request.url).searchParams.get('name') ?? '';
        return jsonResponse(exactJson(await readHiddenAnnotation(caller, target.identity, name)));
      }
      case 'related':
        return jsonResponse(exactJson(await getRelatedResources(caller, target.identity)));
      case 'events': {
        const form = streamFormOf(request);
        return streamResponse(await openPlaneEvents(caller, target.identity, form), form.encoding);
      }
      case 'history':
        return jsonResponse(exactJson(await getPlaneHistory(caller, target.identity)));
      case 'replacements':
        return jsonResponse(exactJson(await replacementStates(caller, target.identity)));
      default:
        return methodNotAllowed(target);
    }
  });
}

/** Opens no stream for the events, but is refused as their reader would be. */
export async function HEAD(request: Request, context: Context): Promise<Response> {
  const target = parsePlaneSubresource((await context.params).segments);
  if (target?.action === 'events')
    return respond(async () => {
      await readPlane(await resolveCaller(request), target.identity);
      return streamResponse(null);
    });
  const { status, headers } = await GET(request, context);
  return new Response(null, { status, headers });
}

/**
 * `.../refresh` makes the plane's controller reconcile at once and ignores the body. `.../credentials` replaces a
 * credential; with `dryRun` it only checks, which a read-only dashboard allows too. `.../replacements` finishes or undoes
 * a replacement.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    const target = targetOf((await params).segments);
    switch (target.action) {
      case 'refresh': {
        requireWritable();
        return jsonResponse(exactJson(await refreshPlane(await resolveCaller(request), target.identity)));
      }
      case 'credentials': {
        const change = await bodyOf(request, credentialReplacementSchema);
        const caller = await resolveCaller(request);
        return jsonResponse(exactJson(await replaceCredential(caller, target.identity, change)));
      }
      case 'replacements': {
        const settlement = await bodyOf(request, settlementSchema);
        const caller = await resolveCaller(request);
        return jsonResponse(exactJson(await settleReplacement(caller, target.identity, settlement)));
      }
      default:
        return methodNotAllowed(target);
    }
  });
}

/** Changes a plane; with `dryRun` only reports what would change. */
export async function PATCH(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    const target = targetOf((await params).segments);
    if (target.action !== null) return methodNotAllowed(target);
    const change = await bodyOf(request, planeEditRequestSchema);
    const caller = await resolveCaller(request);
    return jsonResponse(exactJson(await editPlane(caller, target.identity, change)));
  });
}

/** Deletes a plane. The caller confirms with its name. */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    const target = targetOf((await params).segments);
    if (target.action !== null) return methodNotAllowed(target);
    const deletion = await bodyOf(request, planeDeletionSchema);
    const caller = await resolveCaller(request);
    return jsonResponse(exactJson(await deletePlane(caller, target.identity, deletion)));
  });
}

/** Reads the body of a write, after its sender is known. A read-only dashboard accepts only dry runs. */
async function bodyOf<T extends object>(request: Request, schema: z.ZodType<T>): Promise<T> {
  await requireSender(request);
  const body = await readJsonBody(request, schema);
  if (!('dryRun' in body && body.dryRun === true)) requireWritable();
  return body;
}

/** @throws ProblemError `not-found` if the path names no plane or subresource */
function targetOf(segments: readonly string[]): PlaneTarget {
  const target = parsePlaneSubresource(segments);
  if (!target) throw new ProblemError('not-found', "This path doesn't name a plane.");
  return target;
}

function methodNotAllowed({ action }: PlaneTarget): Response {
  return problemResponse(new ProblemError('method-not-allowed'), {
    allow: PLANE_METHODS[action ?? 'itself'],
  });
}

const refuse = refuseMethod(PLANE_METHODS.itself);

export { refuse as PUT };
