import { inspectionRequestSchema } from '@/lib/api/certificate-inspection';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import { answering, jsonAnswer, refuseMethod } from '@/lib/server/http/api-answer';
import { readJsonBody } from '@/lib/server/http/request-body';
import { requireOwnJsonRequest } from '@/lib/server/http/write-guard';
import { secretReader } from '@/lib/server/kube/secret-key';
import { resolveCaller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const dynamic = 'force-dynamic';

/** The public facts of a certificate, and what speaks against them. A POST that writes nothing: it has a body. */
export async function POST(request: Request): Promise<Response> {
  return answering(async () => {
    requireOwnJsonRequest(request.headers);
    const caller = await resolveCaller(request.headers);
    const asked = await readJsonBody(request, inspectionRequestSchema);
    const nowMs = getRuntime().clock.nowMs();
    return jsonAnswer(JSON.stringify(await inspectCertificate(asked, secretReader(caller.client), nowMs)));
  });
}

const refuse = refuseMethod('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
