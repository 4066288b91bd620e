import { refreshAnswerSchema } from '@/lib/api/refresh';
import { postJson } from './api-request';

/**
 * Makes the controllers reconcile a plane now, instead of within their minute.
 *
 * @param key as `planeKey` returns it: `dataplanes/acme/prod`
 * @returns when the API server accepted the request, in milliseconds since the epoch on its clock
 * @throws ApiError
 */
export async function refreshPlane(key: string, signal?: AbortSignal): Promise<number> {
  const answer = await postJson(`/api/planes/${key}/refresh`, {}, signal);
  return Date.parse(refreshAnswerSchema.parse(answer).refreshedAt);
}
