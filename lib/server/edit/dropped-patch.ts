import 'server-only';
import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { applyMergePatch } from '@/lib/plane/json/merge-patch';
import { sendPatch } from '@/lib/server/kube/object-requests';
import { showsChange } from '@/lib/server/kube/write-proof';
import type { Caller } from '@/lib/server/rights/caller';
import { type LivePlane, livePlaneObject, sameEditablePart } from './live-plane';

/** Only in dry runs, so it is never stored. */
const DRY_RUN_ANNOTATION = 'planeboard.openchoreo.dev/dry-run';

/**
 * Returns whether admission drops all of a patch. The answer to the patch is then the unchanged plane, which a proxy may
 * also return in the API server's place. A dry run with a new annotation tells these apart: only a new answer has it.
 *
 * @param now the plane as it was read after the patch; the API server rejects the dry run if it has changed since
 */
export async function isDroppedByAdmission(
  caller: Caller,
  now: LivePlane,
  patch: JsonObject,
): Promise<boolean> {
  const id = randomUUID();
  const marked = withAnnotation(patch, id);
  const metadata = isJsonObject(marked.metadata) ? marked.metadata : {};
  const onVersion = { ...marked, metadata: { ...metadata, resourceVersion: now.resourceVersion } };
  try {
    const { object } = await sendPatch(caller.client, livePlaneObject(now), onVersion, 'dry-run');
    return (
      showsChange(object, withAnnotation({}, id)) &&
      sameEditablePart(applyMergePatch(object, withAnnotation({}, null)), now.raw)
    );
  } catch {
    return false;
  }
}

function withAnnotation(patch: JsonObject, value: string | null): JsonObject {
  const metadata = isJsonObject(patch.metadata) ? patch.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  return {
    ...patch,
    metadata: { ...metadata, annotations: { ...annotations, [DRY_RUN_ANNOTATION]: value } },
  };
}
