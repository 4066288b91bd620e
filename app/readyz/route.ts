import { answering, jsonAnswer } from '@/lib/server/api-answer';
import { getReadiness } from '@/lib/server/pages/readiness';

export const dynamic = 'force-dynamic';

/** Configuration good, server up; how it stands with the API server is in the body. */
export async function GET(): Promise<Response> {
  return answering(async () => jsonAnswer(JSON.stringify(getReadiness())));
}
