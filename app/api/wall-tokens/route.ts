import { newWallTokenSchema } from '@/lib/api/wall';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { readJsonBody } from '@/lib/server/http/request-body';
import { requireSameOriginJson, requireWritable } from '@/lib/server/http/write-guard';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import { createWallToken, listWallTokens } from '@/lib/server/wall/wall-tokens';

export const dynamic = 'force-dynamic';

const MAX_BODY_BYTES = 32 * 1024;

/** The walls' links that there are, without their tokens, and whether the caller may make and revoke some. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () =>
    jsonResponse(JSON.stringify(await listWallTokens(await resolveCaller(request.headers)))),
  );
}

/** Makes a token for a wall; the answer is the only one that ever tells it. */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    requireSameOriginJson(request.headers);
    requireWritable();
    const caller = await resolveCaller(request.headers);
    const body = await readJsonBody(request, newWallTokenSchema, MAX_BODY_BYTES);
    return jsonResponse(JSON.stringify(await createWallToken(caller, body)), 201);
  });
}

const refuse = refuseMethod('GET, HEAD, POST');

export { refuse as DELETE, refuse as PATCH, refuse as PUT };
