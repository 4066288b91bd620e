import { EventStream } from './event-stream';
import { FRAME_EVENTS, type FrameEvent, type RawFrame } from './feed-frame';

/** Most changes are just a new heartbeat, which comes in a compact form. */
const STREAM_URL = '/api/planes/stream?heartbeats=compact';

interface FleetStreamHandlers {
  /** Returns whether the frame could be used; if not, the stream starts over with a snapshot. */
  readonly onFrame: (frame: RawFrame) => boolean;
  /** Called when the stream ended, failed or fell silent; it's retried automatically. */
  readonly onLost: () => void;
}

/** Returns the fleet's stream, not yet connected. It resumes after the last usable frame, or gets a snapshot. */
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
   * @param ageMs the time since it came from the server: 0 unless the worker already had it for another tab
   */
  readonly onFrame: (frame: RawFrame, ageMs: number) => boolean;
  readonly onLost: () => void;
}

/** The source of a tab's frames: its own stream, or the one that all tabs share. */
export interface FeedSource {
  /** Reconnects after the machine slept or the network returned, when the connection can't be trusted. */
  wake(): void;
  close(): void;
}

/** Returns a source with a stream of this tab's own. */
export function ownFeed({ onFrame, onLost }: FeedSourceHandlers): FeedSource {
  const stream = fleetStream({ onFrame: (frame) => onFrame(frame, 0), onLost });
  stream.connect();
  return {
    wake: () => stream.connect(),
    close: () => stream.close(),
  };
}
