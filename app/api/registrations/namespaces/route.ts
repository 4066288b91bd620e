import { kindOfPlural } from '@/lib/plane/model/kinds';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { ProblemError } from '@/lib/server/http/problem';
import { registrationNamespaces } from '@/lib/server/registration/creation-rights';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** `?plural=dataplanes`: returns the existing namespaces, with what the caller may create in each. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const caller = await resolveCaller(request);
    const entry = kindOfPlural(new URL(request.url).searchParams.get('plural') ?? '');
    if (!entry)
      throw new ProblemError('bad-request', 'The parameter plural must be a plane kind, such as dataplanes.');
    return jsonResponse(JSON.stringify(await registrationNamespaces(caller, entry)));
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
