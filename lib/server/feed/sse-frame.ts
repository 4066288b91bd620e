import 'server-only';
import type { ApiServer, Source } from '@/lib/api/fleet';
import type { ChangeSet, EncodedPlane } from '@/lib/server/fleet/change-publisher';
import { SharedBytes } from './shared-bytes';

/**
 * Encodes a server-sent event. The JSON must have no line breaks; JSON.stringify writes none.
 *
 * @param json or a function that returns it, which is called when the first reader gets there
 */
export function sseFrame(event: string, id: string | null, json: string | (() => string)): SharedBytes {
  const text = (data: string) => `event: ${event}\n${id === null ? '' : `id: ${id}\n`}data: ${data}\n\n`;
  return new SharedBytes(typeof json === 'string' ? text(json) : () => text(json()));
}

/** The last frame of a stream that ends on purpose: it asks the reader to reconnect and resume after its last id. */
export const RESUME_FRAME = sseFrame('resume', null, '{}');

/** Sets how long an EventSource waits before it reconnects. */
export const RETRY_LINE = new SharedBytes('retry: 1000\n\n');

/**
 * How a reader gets the fleet. `compact`: planes in which only the heartbeat changed are that heartbeat alone. `columns`:
 * so, and a snapshot comes in parts, by columns.
 */
export type FeedFormat = 'full' | 'compact' | 'columns';

/** Returns the JSON of a view's change set; null when nothing in it concerns its readers. */
export function changesJson(changes: ChangeSet, serverTime: string, format: FeedFormat): string | null {
  const isHeartbeat = (plane: EncodedPlane) => format !== 'full' && plane.heartbeatJson !== undefined;
  const upserts = changes.upserts.filter((plane) => !isHeartbeat(plane));
  const heartbeats = changes.upserts.filter(isHeartbeat);
  const { deletes, apiServer, sources, incidents, controlPlane, revision } = changes;
  if (changes.upserts.length + deletes.length === 0 && !apiServer && !sources && !incidents && !controlPlane)
    return null;
  // The planes are already encoded, so the rest is put around them.
  const rest = JSON.stringify({
    deletes: deletes.map(({ uid }) => uid),
    apiServer,
    sources,
    incidents,
    controlPlane,
  });
  const rows = upserts.map((plane) => plane.json()).join(',');
  const heartbeatsJson =
    heartbeats.length === 0
      ? ''
      : `"heartbeats":[${heartbeats.map((plane) => plane.heartbeatJson).join(',')}],`;
  return `{"serverTime":"${serverTime}","revision":${revision},"upserts":[${rows}],${heartbeatsJson}${rest.slice(1)}`;
}

/** Returns the JSON of a keep-alive. */
export function keepaliveJson(apiServer: ApiServer, sources: readonly Source[], serverTime: string): string {
  return JSON.stringify({ serverTime, apiServer, sources });
}
