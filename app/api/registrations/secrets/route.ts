import { answering, jsonAnswer, refuseMethod } from '@/lib/server/http/api-answer';
import { registrationSecrets } from '@/lib/server/registration/secrets';
import { resolveCaller } from '@/lib/server/rights/caller';

export const dynamic = 'force-dynamic';

/** `?namespace=acme[&name=agent-ca]`: the names of a namespace's Secrets, or the keys of one; never a value. */
export async function GET(request: Request): Promise<Response> {
  return answering(async () => {
    const { searchParams } = new URL(request.url);
    const namespace = searchParams.get('namespace') ?? '';
    const caller = await resolveCaller(request.headers);
    return jsonAnswer(JSON.stringify(await registrationSecrets(caller, namespace, searchParams.get('name'))));
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
