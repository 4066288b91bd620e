import { openApiJson } from '@/lib/server/api-reference/openapi-json';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns the OpenAPI document. It holds nothing private, but no route answers without knowing its caller. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    await resolveCaller(request);
    return jsonResponse(openApiJson());
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
