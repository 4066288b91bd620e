import { type Delivery, EventStream, type ProbeResult } from '@/lib/client/feed/event-stream';
import { refusalOf, type WallRefusal } from './wall-refusal';

/** An event of a wall's stream that brings what the wall shows, or says that nothing changed. */
export type WallEvent = 'wall' | 'keepalive';

export interface WallStreamHandlers {
  /** Returns whether the frame could be used. */
  readonly onFrame: (event: WallEvent, text: string) => boolean;
  readonly onLost: () => void;
  readonly onRefused: (refusal: WallRefusal) => void;
  /** Called when a proxy is found to hold the stream back, so that frames are polled, and when it flows again. */
  readonly onDelivery: (delivery: Delivery) => void;
}

/**
 * Returns a wall's stream, not yet connected. Every `wall` frame is complete, so there's nothing to resume.
 *
 * @param search the wall's own query with its question mark, or empty
 */
export function wallStream(
  search: string,
  { onFrame, onLost, onRefused, onDelivery }: WallStreamHandlers,
): EventStream<WallEvent | 'revoked', WallRefusal> {
  const stream = new EventStream<WallEvent | 'revoked', WallRefusal>({
    url: () => `/wall/stream${search}`,
    events: ['wall', 'keepalive', 'revoked'],
    onEvent: ({ event, text }) => {
      if (event !== 'revoked') return onFrame(event, text);
      stream.refuse('revoked');
      return true;
    },
    onLost,
    probe: (signal) => probeWall(search, signal),
    onRefused,
    onDelivery,
  });
  return stream;
}

/** Fetches the wall's data once: a frame, or the reason why there is none. Rejects if the response is unreadable. */
async function probeWall(search: string, signal: AbortSignal): Promise<ProbeResult<'wall', WallRefusal>> {
  const response = await fetch(`/wall/data${search}`, { cache: 'no-store', signal });
  const text = await response.text();
  if (response.ok) return { events: [{ event: 'wall', id: '', text }] };
  const refusal = refusalOf(JSON.parse(text));
  return refusal === null ? null : { refusal };
}
