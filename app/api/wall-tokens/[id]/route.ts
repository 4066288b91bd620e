import { refuseMethod, respond } from '@/lib/server/http/api-response';
import { requireWritable } from '@/lib/server/http/write-guard';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import { revokeWallToken } from '@/lib/server/wall/wall-tokens';

export const dynamic = 'force-dynamic';

type Context = { readonly params: Promise<{ readonly id: string }> };

/**
 * Revokes a wall's token; screens that use it report that. The DELETE must be JSON like every write, but needs no
 * body.
 */
export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(async () => {
    requireWritable();
    const caller = await resolveCaller(request);
    await revokeWallToken(caller, (await params).id);
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
  });
}

const refuse = refuseMethod('DELETE');

export { refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
