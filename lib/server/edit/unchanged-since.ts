import 'server-only';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { planesPath } from '@/lib/server/kube/api-paths';
import { asKubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import type { Caller } from '@/lib/server/rights/caller';
import type { LivePlane } from './live-plane';

const READ_TIMEOUT_MS = 5000;

/**
 * Whether two states of a resource have the same labels, annotations and spec. The status is the controllers' business,
 * and a touch only makes them look: neither is a change that an edit could overwrite.
 */
export function sameButStatus(a: JsonObject, b: JsonObject): boolean {
  return sameJson(editablePart(a), editablePart(b));
}

function editablePart({ metadata, spec }: JsonObject): JsonObject {
  const { uid, labels, annotations, deletionTimestamp } = isJsonObject(metadata) ? metadata : {};
  const others = (isJsonObject(annotations) ? annotations : {}) as JsonObject;
  const { [REFRESHED_AT_ANNOTATION]: _touch, ...kept } = others;
  const part: Record<string, Json | undefined> = { uid, labels: labels ?? {}, deletionTimestamp, spec };
  return { ...(part as JsonObject), annotations: kept };
}

/** Failures of which nothing follows for the question: it could not be asked. */
const NO_ANSWER: ReadonlySet<KubeErrorCode> = new Set([
  'unreachable',
  'timeout',
  'credential',
  'unauthorized',
]);

/**
 * Whether a plane has been the same, but for its status, since a resourceVersion. The API server still knows the states of the last
 * minutes and lists them by an exact version; where it does not, or the caller may not list, the answer is no.
 *
 * @throws KubeError when the API server cannot be asked
 */
export async function unchangedSince(
  caller: Caller,
  live: LivePlane,
  resourceVersion: string,
): Promise<boolean> {
  if (resourceVersion === live.resourceVersion) return true;
  const { name } = live.identity;
  try {
    const { body } = await caller.client.request({
      path: planesPath(live.identity),
      query: { fieldSelector: `metadata.name=${name}`, resourceVersion, resourceVersionMatch: 'Exact' },
      timeoutMs: READ_TIMEOUT_MS,
    });
    const items = isJsonObject(body) && Array.isArray(body.items) ? body.items : [];
    const [then] = items;
    return items.length === 1 && isJsonObject(then) && sameButStatus(then, live.raw);
  } catch (error) {
    const failure = asKubeError(error);
    if (NO_ANSWER.has(failure.code)) throw failure;
    return false;
  }
}
