import { exportReportSchema } from '@/lib/api/exports';
import { refuseMethod, respond } from '@/lib/server/http/api-response';
import { readJsonBody } from '@/lib/server/http/request-body';
import { auditEvent } from '@/lib/server/log/audited-event';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

const MAX_BODY_BYTES = 1024;

/**
 * Takes the report of a page that saved or copied planes, for the audit log. The page makes the file itself, from what it
 * shows, so a read-only dashboard takes it too.
 */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const caller = await resolveCaller(request);
    auditEvent(caller, {
      event: 'export',
      ...(await readJsonBody(request, exportReportSchema, MAX_BODY_BYTES)),
    });
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
  });
}

const refuse = refuseMethod('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
