import { exactJson } from '@/lib/plane/json/exact-json';
import { draftRequestSchema } from '@/lib/plane/registration/draft';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { ProblemError } from '@/lib/server/http/problem';
import { readJsonBody } from '@/lib/server/http/request-body';
import { requireWritable } from '@/lib/server/http/write-guard';
import { registerPlane } from '@/lib/server/registration/register-plane';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/** Registers the plane of a draft. With `?dryRun=true` it only checks, which a read-only dashboard allows too. */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const dryRun = isDryRun(new URL(request.url).searchParams);
    if (!dryRun) requireWritable();
    const caller = await resolveCaller(request);
    const draft = await readJsonBody(request, draftRequestSchema);
    const answer = await registerPlane(caller, draft, dryRun);
    return jsonResponse(exactJson(answer), answer.outcome === 'created' ? 201 : 200);
  });
}

function isDryRun(parameters: URLSearchParams): boolean {
  const value = parameters.get('dryRun') ?? 'false';
  // A misspelt value must not lead to a write.
  if (value === 'true' || value === 'false') return value === 'true';
  throw new ProblemError('bad-request', 'The parameter dryRun must be true or false.');
}

const refuse = refuseMethod('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
