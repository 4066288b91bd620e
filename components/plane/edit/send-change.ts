import { type PlaneEditAnswer, type PlaneEditRequest, planeEditAnswerSchema } from '@/lib/api/plane-writes';
import { sendJson } from '@/lib/client/api/api-request';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/**
 * Changes a plane, or with `dryRun` has the API server say what would come of it.
 *
 * @throws ApiError; without a problem the answer was lost, and whether something was written is not known
 */
export async function sendChange(
  identity: PlaneIdentity,
  request: PlaneEditRequest,
  signal?: AbortSignal,
): Promise<PlaneEditAnswer> {
  return planeEditAnswerSchema.parse(await sendJson('PATCH', planeApiPath(identity), request, signal));
}
