import { inspectionRequestSchema } from '@/lib/api/certificate-inspection';
import { answering, jsonAnswer, refuseMethod } from '@/lib/server/api-answer';
import { resolveCaller } from '@/lib/server/caller';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import { secretReader } from '@/lib/server/kube/secret-key';
import { readJsonBody } from '@/lib/server/request-body';
import { getRuntime } from '@/lib/server/runtime';
import { requireOwnJsonRequest } from '@/lib/server/write-guard';

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
