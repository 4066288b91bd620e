import 'server-only';
import { isJsonObject } from '@/lib/plane/json/json';
import type { LivePlane } from '@/lib/server/edit/live-plane';
import { planesPath } from '@/lib/server/kube/api-paths';
import type { Caller } from '@/lib/server/rights/caller';

/**
 * Waits until a plane that is being deleted is gone, by a watch of it alone.
 *
 * @param plane as the deletion left it
 * @returns whether it went within the time; false also when it cannot be watched
 */
export async function awaitGone(caller: Caller, plane: LivePlane, timeoutMs: number): Promise<boolean> {
  const { identity, uid, resourceVersion } = plane;
  const end = AbortSignal.timeout(timeoutMs);
  const left = new AbortController();
  const stream = caller.client.stream(
    {
      path: planesPath(identity),
      query: {
        watch: '1',
        fieldSelector: `metadata.name=${identity.name}`,
        resourceVersion,
        timeoutSeconds: String(Math.ceil(timeoutMs / 1000)),
      },
      signal: AbortSignal.any([end, left.signal]),
    },
    () => {},
  );
  try {
    for await (const events of stream) if (events.some((event) => isDeletionOf(event, uid))) return true;
    return false;
  } catch {
    // The time is over, or it may not be watched: whatever it was, it was not seen to go.
    return false;
  } finally {
    left.abort();
  }
}

function isDeletionOf(event: unknown, uid: string): boolean {
  if (!isJsonObject(event) || event.type !== 'DELETED' || !isJsonObject(event.object)) return false;
  const { metadata } = event.object;
  return isJsonObject(metadata) && metadata.uid === uid;
}
