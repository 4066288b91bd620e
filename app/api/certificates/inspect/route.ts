import { inspectionRequestSchema } from '@/lib/api/credentials';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { readJsonBody } from '@/lib/server/http/request-body';
import { secretReader } from '@/lib/server/kube/read-secret';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const dynamic = 'force-dynamic';

/**
 * Inspects a certificate: returns its public facts and findings. A POST because it needs a body; it writes nothing.
 */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const caller = await resolveCaller(request);
    const body = await readJsonBody(request, inspectionRequestSchema);
    const nowMs = getRuntime().clock.nowMs();
    return jsonResponse(JSON.stringify(await inspectCertificate(body, secretReader(caller), nowMs)));
  });
}

const refuse = refuseMethod('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
