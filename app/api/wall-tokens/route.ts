import { newWallTokenSchema } from '@/lib/api/wall';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { readJsonBody } from '@/lib/server/http/request-body';
import { requireWritable } from '@/lib/server/http/write-guard';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import { createWallToken, listWallTokens } from '@/lib/server/wall/wall-tokens';

export const dynamic = 'force-dynamic';

const MAX_BODY_BYTES = 32 * 1024;

/** Returns the wall links without their tokens, and whether the caller may create and revoke links. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () =>
    jsonResponse(JSON.stringify(await listWallTokens(await resolveCaller(request)))),
  );
}

/** Creates a token for a wall. Only this response ever contains it. */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    requireWritable();
    const caller = await resolveCaller(request);
    const body = await readJsonBody(request, newWallTokenSchema, MAX_BODY_BYTES);
    return jsonResponse(JSON.stringify(await createWallToken(caller, body)), 201);
  });
}

const refuse = refuseMethod('GET, HEAD, POST');

export { refuse as DELETE, refuse as PATCH, refuse as PUT };
