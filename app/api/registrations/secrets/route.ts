import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { registrationSecrets } from '@/lib/server/registration/existing-secrets';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/**
 * `?namespace=acme[&name=agent-ca]`: returns the names of a namespace's Secrets, or the keys of one; never a value.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { searchParams } = new URL(request.url);
    const namespace = searchParams.get('namespace') ?? '';
    const caller = await resolveCaller(request);
    return jsonResponse(
      JSON.stringify(await registrationSecrets(caller, namespace, searchParams.get('name'))),
    );
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
