import { answering, jsonAnswer, refuseMethod } from '@/lib/server/http/api-answer';
import { registrationKinds } from '@/lib/server/registration/kinds';
import { resolveCaller } from '@/lib/server/rights/caller';

export const dynamic = 'force-dynamic';

/** The installed kinds, with whether the caller may create planes of each. */
export async function GET(request: Request): Promise<Response> {
  return answering(async () =>
    jsonAnswer(JSON.stringify(await registrationKinds(await resolveCaller(request.headers)))),
  );
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
