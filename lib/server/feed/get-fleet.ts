import 'server-only';
import type { FleetSnapshot } from '@/lib/api/fleet';
import type { ContentEncoding } from '@/lib/server/http/content-encoding';
import type { Caller } from '@/lib/server/rights/caller';
import { requireOpenSession } from '@/lib/server/rights/session-end';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { FeedFormat } from './sse-frame';
import type { StreamForm } from './stream-form';

/**
 * Returns the fleet that the caller may see, as of now. Never waits for the API server: it omits what isn't known
 * yet.
 */
export async function getFleetSnapshot(caller: Caller): Promise<FleetSnapshot> {
  return getRuntime().snapshots.object(await viewOf(caller));
}

/**
 * Returns the same as the body of an answer, as JSON.
 *
 * @throws ProblemError `too-many-readers`
 */
export async function openFleetAnswer(
  caller: Caller,
  encoding: ContentEncoding,
): Promise<ReadableStream<Uint8Array>> {
  return getRuntime().fleetAnswers.body(await viewOf(caller), encoding);
}

/**
 * Opens the caller's stream of the fleet. Shortly after the server's start, it waits for the first lists.
 *
 * @param since the id of the reader's last frame; null: none
 * @throws ProblemError `too-many-readers`
 */
export async function openFleetStream(
  caller: Caller,
  since: string | null,
  format: FeedFormat,
  form: StreamForm,
): Promise<ReadableStream<Uint8Array>> {
  const { feed, firstLists } = getRuntime();
  await firstLists.settled();
  const follow = async () => {
    requireOpenSession(caller);
    return viewOf(caller);
  };
  return feed.open(await follow(), since, format, form, follow);
}
