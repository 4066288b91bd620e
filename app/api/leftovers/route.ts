import { leftoverDeletionSchema, type leftoversSchema } from '@/lib/api/leftovers';
import { deleteLeftover, leftoverSecrets } from '@/lib/server/deletion/leftover-secrets';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { readJsonBody } from '@/lib/server/http/request-body';
import { requireWritable } from '@/lib/server/http/write-guard';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import type { z } from '@/lib/zod';

export const dynamic = 'force-dynamic';

/** Returns the Secrets that Planeboard created for planes that don't exist; never a value. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const secrets = await leftoverSecrets(await resolveCaller(request));
    return jsonResponse(JSON.stringify({ secrets } satisfies z.infer<typeof leftoversSchema>));
  });
}

/** Deletes one of these Secrets. */
export async function DELETE(request: Request): Promise<Response> {
  return respond(async () => {
    requireWritable();
    const caller = await resolveCaller(request);
    await deleteLeftover(caller, await readJsonBody(request, leftoverDeletionSchema));
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
  });
}

const refuse = refuseMethod('GET, HEAD, DELETE');

export { refuse as PATCH, refuse as POST, refuse as PUT };
