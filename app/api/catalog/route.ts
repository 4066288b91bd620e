import { getCatalog } from '@/lib/server/catalog/get-catalog';
import { answering, jsonAnswer, refuseMethod } from '@/lib/server/http/api-answer';
import { resolveCaller } from '@/lib/server/rights/caller';

export const dynamic = 'force-dynamic';

/** The installed plane kinds and their fields. */
export async function GET(request: Request): Promise<Response> {
  return answering(async () =>
    jsonAnswer(JSON.stringify(await getCatalog(await resolveCaller(request.headers)))),
  );
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
