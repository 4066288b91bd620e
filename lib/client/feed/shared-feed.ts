import { STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import { workerPerson } from '@/lib/client/session/person';
import { pace } from '@/lib/plane/time/pace';
import type { FeedSource, FeedSourceHandlers } from './feed-source';
import type { FromWorker, ToWorker } from './feed-worker';

/** A worker answers a tab at once; after this long it won't. */
const ANSWER_TIMEOUT_MS = 2000;

/**
 * Returns a source for the stream that all tabs of this browser share; null if the browser has no shared workers.
 * `onUnusable` is called at most once, if the browser doesn't let the worker run (some have none, some forbid it);
 * this source is closed by then.
 */
export function sharedFeed(handlers: FeedSourceHandlers, onUnusable: () => void): FeedSource | null {
  const worker = startWorker();
  if (!worker) return null;
  const { port } = worker;
  let answered = false;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const send = (message: ToWorker) => port.postMessage(message);
  const close = () => {
    clearTimeout(watchdog);
    window.removeEventListener('pagehide', leave);
    port.onmessage = null;
    worker.onerror = null;
    send({ type: 'leave' });
    port.close();
  };
  const giveUp = () => {
    close();
    onUnusable();
  };
  /** The worker passes keep-alives on, so its silence means that it was stopped or has lost this tab. */
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(
      () => {
        if (!answered) {
          giveUp();
          return;
        }
        answered = false;
        handlers.onLost();
        send({ type: 'join' });
        watch();
      },
      answered ? STREAM_TIMEOUT_MS + ANSWER_TIMEOUT_MS : ANSWER_TIMEOUT_MS,
    );
  };
  const leave = () => send({ type: 'leave' });

  worker.onerror = () => {
    if (!answered) giveUp();
  };
  port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    answered = true;
    watch();
    // The worker parses the same frame, and reconnects automatically if it's unusable.
    if (data.type === 'joined') for (const frame of data.frames) handlers.onFrame(frame, data.frameAgeMs);
    if (data.type === 'frame') handlers.onFrame(data.frame, 0);
    if (data.type === 'lost' || (data.type === 'joined' && data.lost)) handlers.onLost();
    if (data.type === 'refused' || data.type === 'joined') {
      if (data.refusal !== null) handlers.onRefused(data.refusal);
    }
    if (data.type === 'delivery' || data.type === 'joined') handlers.onDelivery(data.delivery);
  };
  // The worker doesn't notice that a tab was closed.
  window.addEventListener('pagehide', leave);
  send({ type: 'join' });
  watch();
  return {
    wake: () => {
      send({ type: 'join' });
      send({ type: 'wake' });
    },
    close,
  };
}

function startWorker(): SharedWorker | null {
  if (typeof SharedWorker === 'undefined') return null;
  try {
    return new SharedWorker(new URL('./feed-worker.ts', import.meta.url), {
      type: 'module',
      // The worker reads the pace from its name. Another person's tabs get another worker.
      name: `planeboard-feed ${pace()} ${workerPerson()}`,
    });
  } catch {
    return null;
  }
}
