import { answering, jsonAnswer, refuseMethod } from '@/lib/server/http/api-answer';
import { registrationGateway } from '@/lib/server/registration/gateway';
import { resolveCaller } from '@/lib/server/rights/caller';

export const dynamic = 'force-dynamic';

/** Where agents find the control plane's gateway, and the certificate that they verify it with. */
export async function GET(request: Request): Promise<Response> {
  return answering(async () =>
    jsonAnswer(JSON.stringify(await registrationGateway(await resolveCaller(request.headers)))),
  );
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
