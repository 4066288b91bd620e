import { setPace } from '@/lib/plane/time/pace';
import type { Delivery } from './event-stream';
import type { RawFrame } from './feed-frame';
import { fleetStream } from './feed-source';
import { FleetMirror } from './fleet-mirror';
import { monotonicMs } from './monotonic-clock';

/** Messages from a tab to the worker. */
export type ToWorker =
  /** A tab opened or came back, and needs the whole state. */
  | { readonly type: 'join' }
  /** The machine slept or the network returned, so the connection can't be trusted. */
  | { readonly type: 'wake' }
  | { readonly type: 'leave' };

/** Messages from the worker to its tabs. */
export type FromWorker =
  /** The answer to `join`: the worker's state as frames, none if there's none yet. */
  | {
      readonly type: 'joined';
      readonly frames: readonly RawFrame[];
      /** Milliseconds since the last frame came from the server. */
      readonly frameAgeMs: number;
      readonly lost: boolean;
      readonly refusal: string | null;
      readonly delivery: Delivery;
    }
  | { readonly type: 'frame'; readonly frame: RawFrame }
  | { readonly type: 'lost' }
  | { readonly type: 'refused'; readonly refusal: string }
  | { readonly type: 'delivery'; readonly delivery: Delivery };

/**
 * Holds the browser's one stream for all its tabs. Browsers allow six connections per host, so if each tab had a
 * stream, the seventh would hang. Frames are passed on unchanged; a tab that opens later gets the known state at
 * once.
 */
interface SharedWorkerScope {
  readonly name: string;
  onconnect: ((event: MessageEvent) => void) | null;
}

/** Several tabs wake together; a connection that just had a frame can be trusted. */
const TRUSTED_MS = 2000;

const scope = globalThis as unknown as SharedWorkerScope;
// A name without a pace means 1.
setPace(Number(scope.name.split(' ')[1] ?? 1));

const mirror = new FleetMirror();
const tabs = new Set<MessagePort>();

const stream = fleetStream({
  onFrame: (frame) => {
    // Passed on first, so tabs parse a large snapshot while the worker does. Each tab rejects a bad frame on its own.
    broadcast({ type: 'frame', frame });
    return mirror.apply(frame, monotonicMs());
  },
  onLost: () => {
    mirror.lose();
    broadcast({ type: 'lost' });
  },
  onRefused: (refusal) => {
    mirror.refuse(refusal);
    broadcast({ type: 'refused', refusal });
  },
  onDelivery: (delivery) => {
    mirror.setDelivery(delivery);
    broadcast({ type: 'delivery', delivery });
  },
});

function broadcast(message: FromWorker): void {
  for (const tab of tabs) tab.postMessage(message);
}

function join(tab: MessagePort): void {
  const isFirst = tabs.size === 0;
  tabs.add(tab);
  if (isFirst) stream.connect();
  const { status, lastFrameAtMs, refusal, delivery } = mirror.state;
  const joined: FromWorker = {
    type: 'joined',
    // The rest of a snapshot that is arriving is passed on to this tab too.
    frames: [...mirror.snapshotFrames(), ...mirror.pendingFrames],
    frameAgeMs: lastFrameAtMs === null ? 0 : monotonicMs() - lastFrameAtMs,
    lost: status === 'lost',
    refusal,
    delivery,
  };
  tab.postMessage(joined);
}

function leave(tab: MessagePort): void {
  tabs.delete(tab);
  // A page that just reloads is back at once and finds the position kept.
  if (tabs.size === 0) stream.close();
}

function wake(): void {
  const { lastFrameAtMs } = mirror.state;
  if (lastFrameAtMs === null || monotonicMs() - lastFrameAtMs > TRUSTED_MS) stream.connect();
}

scope.onconnect = ({ ports: [tab] }) => {
  if (!tab) return;
  tab.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    switch (data.type) {
      case 'join':
        join(tab);
        break;
      case 'wake':
        wake();
        break;
      case 'leave':
        leave(tab);
    }
  };
};
