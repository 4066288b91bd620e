import { type Delivery, EventStream } from './event-stream';
import { FRAME_EVENTS, type FrameEvent, type RawFrame } from './feed-frame';
import { probeStream } from './stream-probe';

/** A snapshot by columns, and heartbeats alone where nothing else changed. */
const STREAM_URL = '/api/planes/stream?format=columns';

/** What a source reports beside frames. */
interface StreamHandlers {
  /** Called when the stream ended, failed or fell silent; it's retried automatically. */
  readonly onLost: () => void;
  /** Called with the server's sentence when it admits no more readers; it's retried automatically. */
  readonly onRefused: (refusal: string) => void;
  /** Called when a proxy is found to hold the stream back, so that frames are polled, and when it flows again. */
  readonly onDelivery: (delivery: Delivery) => void;
}

interface FleetStreamHandlers extends StreamHandlers {
  /** Returns whether the frame could be used; if not, the stream starts over with a snapshot. */
  readonly onFrame: (frame: RawFrame) => boolean;
}

/** Returns the fleet's stream, not yet connected. It resumes after the last usable frame, or gets a snapshot. */
export function fleetStream({ onFrame, ...handlers }: FleetStreamHandlers): EventStream<FrameEvent, string> {
  const url = (lastId: string) =>
    lastId === '' ? STREAM_URL : `${STREAM_URL}&since=${encodeURIComponent(lastId)}`;
  return new EventStream({
    url,
    events: FRAME_EVENTS,
    onEvent: onFrame,
    probe: (signal, lastId) => probeStream(url(lastId), FRAME_EVENTS, signal),
    ...handlers,
  });
}

export interface FeedSourceHandlers extends StreamHandlers {
  /**
   * Returns whether the frame could be used.
   *
   * @param ageMs the time since it came from the server: 0 unless the worker already had it for another tab
   */
  readonly onFrame: (frame: RawFrame, ageMs: number) => boolean;
}

/** The source of a tab's frames: its own stream, or the one that all tabs share. */
export interface FeedSource {
  /** Reconnects after the machine slept or the network returned, when the connection can't be trusted. */
  wake(): void;
  close(): void;
}

/** Returns a source with a stream of this tab's own. */
export function ownFeed({ onFrame, ...handlers }: FeedSourceHandlers): FeedSource {
  const stream = fleetStream({ onFrame: (frame) => onFrame(frame, 0), ...handlers });
  stream.connect();
  return {
    wake: () => stream.connect(),
    close: () => stream.close(),
  };
}
