import { answering, jsonAnswer } from '@/lib/server/http/api-answer';
import { getReadiness } from '@/lib/server/runtime/readiness';

export const dynamic = 'force-dynamic';

/** Configuration good, server up; how it stands with the API server is in the body. */
export async function GET(): Promise<Response> {
  return answering(async () => jsonAnswer(JSON.stringify(getReadiness())));
}
