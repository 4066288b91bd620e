import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { ownRules } from '@/lib/server/rights/own-rules';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** `?namespace=`: returns what the caller may do there, including what holds cluster-wide. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const caller = await resolveCaller(request);
    const namespace = new URL(request.url).searchParams.get('namespace') ?? 'default';
    return jsonResponse(JSON.stringify(await ownRules(caller, namespace)));
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
