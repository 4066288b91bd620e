import { EventStream } from './event-stream';
import { FRAME_EVENTS, type FrameEvent, type RawFrame } from './feed-frame';

/** Most changes are a new heartbeat alone, so those come in a compact form. */
const STREAM_URL = '/api/planes/stream?heartbeats=compact';

interface FleetStreamHandlers {
  /** Returns whether the frame could be used; if not, the stream starts over with a snapshot. */
  readonly onFrame: (frame: RawFrame) => boolean;
  /** The stream ended, failed or fell silent; it is retried without further calls. */
  readonly onLost: () => void;
}

/** The fleet's stream, not yet connected. It resumes after the last usable frame, or gets a snapshot. */
export function fleetStream({ onFrame, onLost }: FleetStreamHandlers): EventStream<FrameEvent> {
  return new EventStream({
    url: (lastId) => (lastId === '' ? STREAM_URL : `${STREAM_URL}&since=${encodeURIComponent(lastId)}`),
    events: FRAME_EVENTS,
    onEvent: onFrame,
    onLost,
  });
}

export interface FeedSourceHandlers {
  /**
   * Returns whether the frame could be used.
   *
   * @param ageMs how long ago it came from the server: 0 unless the worker already had it for another tab
   */
  readonly onFrame: (frame: RawFrame, ageMs: number) => boolean;
  readonly onLost: () => void;
}

/** Where a tab gets its frames from: a stream of its own, or one that all tabs share. */
export interface FeedSource {
  /** The machine slept or the network came back: the connection can't be trusted. */
  wake(): void;
  close(): void;
}

/** A stream of this tab's own. */
export function ownFeed({ onFrame, onLost }: FeedSourceHandlers): FeedSource {
  const stream = fleetStream({ onFrame: (frame) => onFrame(frame, 0), onLost });
  stream.connect();
  return {
    wake: () => stream.connect(),
    close: () => stream.close(),
  };
}
