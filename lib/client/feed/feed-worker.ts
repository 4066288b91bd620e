import { FeedConnection, STREAM_URL } from './feed-connection';
import { FleetMirror } from './fleet-mirror';
import { monotonicMs } from './monotonic-clock';
import type { FromWorker, ToWorker } from './worker-message';

/**
 * Holds the browser's one stream for all its tabs: browsers allow six connections a host, so with a stream of its own
 * the seventh tab would hang. Every frame is passed on as it came; a tab that opens later gets what is known at once.
 */
interface SharedWorkerScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

/** Several tabs wake together; a connection that spoke just now needs no proof. */
const TRUSTED_MS = 2000;

const mirror = new FleetMirror();
const tabs = new Set<MessagePort>();

const connection = new FeedConnection(STREAM_URL, {
  onFrame: (frame) => {
    // Passed on first: a large snapshot is read by the tabs while it is read here. Each finds out for itself if it is of no use.
    tell({ type: 'frame', frame });
    return mirror.apply(frame, monotonicMs());
  },
  onLost: () => {
    mirror.lose();
    tell({ type: 'lost' });
  },
});

function tell(message: FromWorker): void {
  for (const tab of tabs) tab.postMessage(message);
}

function join(tab: MessagePort): void {
  const isFirst = tabs.size === 0;
  tabs.add(tab);
  if (isFirst) connection.connect();
  const { status, lastFrameAtMs } = mirror.state;
  const joined: FromWorker = {
    type: 'joined',
    frame: mirror.snapshotFrame(),
    frameAgeMs: lastFrameAtMs === null ? 0 : monotonicMs() - lastFrameAtMs,
    lost: status === 'lost',
  };
  tab.postMessage(joined);
}

function leave(tab: MessagePort): void {
  tabs.delete(tab);
  // A page that is only being reloaded is back at once and finds the position kept.
  if (tabs.size === 0) connection.close();
}

function wake(): void {
  const { lastFrameAtMs } = mirror.state;
  if (lastFrameAtMs === null || monotonicMs() - lastFrameAtMs > TRUSTED_MS) connection.connect();
}

(globalThis as unknown as SharedWorkerScope).onconnect = ({ ports: [tab] }) => {
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
