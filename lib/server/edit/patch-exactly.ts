import 'server-only';
import { ADMISSION_HINT, notStoredText } from '@/lib/plane/history/not-stored-text';
import type { JsonObject } from '@/lib/plane/json/json';
import { KubeError } from '@/lib/server/kube/kube-error';
import type { Caller } from '@/lib/server/rights/caller';
import type { LivePlane } from './live-plane';
import { type PatchedPlane, patchPlane } from './patch-plane';

/**
 * Writes a patch of a plane like `patchPlane`, for patches that are of no use unless all of it is stored.
 *
 * @throws KubeError; also `bad-answer` when a field isn't stored, or wouldn't be, as requested
 */
export async function patchExactly(
  caller: Caller,
  live: LivePlane,
  patch: JsonObject,
  { dryRun }: { readonly dryRun: boolean },
): Promise<PatchedPlane> {
  const patched = await patchPlane(caller, live, patch, { dryRun });
  const { notStored } = patched;
  if (notStored.length > 0)
    throw new KubeError('bad-answer', `${notStoredText(notStored, { isDryRun: dryRun })} ${ADMISSION_HINT}`);
  return patched;
}
