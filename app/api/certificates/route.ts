import { certificateList } from '@/lib/server/credentials/certificate-list';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Returns the certificates that the visible planes depend on, who issued them, and where they are stored. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () =>
    jsonResponse(JSON.stringify(await certificateList(await resolveCaller(request)))),
  );
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
