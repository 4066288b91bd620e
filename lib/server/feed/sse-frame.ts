import 'server-only';
import type { ApiServer, Source } from '@/lib/api/fleet';
import type { ChangeSet, EncodedPlane } from '@/lib/server/fleet/change-set';
import type { Visibility } from '@/lib/server/rights/visible-planes';

const encoder = new TextEncoder();

/** A server-sent event. `json` has no line breaks, as JSON.stringify writes none. */
export function sseFrame(event: string, id: string | null, json: string): Uint8Array {
  return encoder.encode(`event: ${event}\n${id === null ? '' : `id: ${id}\n`}data: ${json}\n\n`);
}

/** Told last on a stream that ends on purpose: connect again, resuming after the last id. */
export const RESUME_FRAME = sseFrame('resume', null, '{}');

/** How long an EventSource waits before it connects again by itself. */
export const RETRY_LINE = encoder.encode('retry: 1000\n\n');

/** How a reader wants to hear of planes of which only the heartbeat moved: as whole planes, or as that alone. */
export type HeartbeatForm = 'full' | 'compact';

/** The JSON of a change set as somebody may see it; null when nothing in it concerns them. */
export function changesJson(
  changes: ChangeSet,
  visibility: Visibility,
  serverTime: string,
  heartbeatForm: HeartbeatForm,
): string | null {
  const seen = changes.upserts.filter(visibility.sees);
  const isBeat = (row: EncodedPlane) => heartbeatForm === 'compact' && row.beat !== undefined;
  const upserts = seen.filter((row) => !isBeat(row));
  const beats = seen.filter(isBeat);
  const deletes = changes.deletes.filter(visibility.sees);
  const { apiServer, sources, incidents, revision } = changes;
  if (seen.length + deletes.length === 0 && !apiServer && !sources && !incidents) return null;
  // The rows are encoded already: the rest is put around them.
  const rest = JSON.stringify({ deletes: deletes.map((scope) => scope.uid), apiServer, sources, incidents });
  const rows = upserts.map((row) => row.json).join(',');
  const heartbeats = beats.length === 0 ? '' : `"heartbeats":[${beats.map((row) => row.beat).join(',')}],`;
  return `{"serverTime":"${serverTime}","revision":${revision},"upserts":[${rows}],${heartbeats}${rest.slice(1)}`;
}

/** The JSON of a keep-alive. */
export function keepaliveJson(apiServer: ApiServer, sources: readonly Source[], serverTime: string): string {
  return JSON.stringify({ serverTime, apiServer, sources });
}
