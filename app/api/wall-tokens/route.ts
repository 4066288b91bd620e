import { newWallTokenSchema } from '@/lib/api/wall';
import { answering, jsonAnswer, refuseMethod } from '@/lib/server/http/api-answer';
import { readJsonBody } from '@/lib/server/http/request-body';
import { requireOwnJsonRequest, requireWritable } from '@/lib/server/http/write-guard';
import { resolveCaller } from '@/lib/server/rights/caller';
import { createWallToken, listWallTokens } from '@/lib/server/wall/wall-tokens';

export const dynamic = 'force-dynamic';

const MAX_BODY_BYTES = 32 * 1024;

/** The walls' links that there are, without their tokens, and whether the caller may make and revoke some. */
export async function GET(request: Request): Promise<Response> {
  return answering(async () =>
    jsonAnswer(JSON.stringify(await listWallTokens(await resolveCaller(request.headers)))),
  );
}

/** Makes a token for a wall; the answer is the only one that ever tells it. */
export async function POST(request: Request): Promise<Response> {
  return answering(async () => {
    requireOwnJsonRequest(request.headers);
    requireWritable();
    const caller = await resolveCaller(request.headers);
    const asked = await readJsonBody(request, newWallTokenSchema, MAX_BODY_BYTES);
    return jsonAnswer(JSON.stringify(await createWallToken(caller, asked)), 201);
  });
}

const refuse = refuseMethod('GET, HEAD, POST');

export { refuse as DELETE, refuse as PATCH, refuse as PUT };
