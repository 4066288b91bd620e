import { STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import type { FeedSource, FeedSourceHandlers } from './feed-connection';
import type { FromWorker, ToWorker } from './feed-worker';

/** A worker answers a tab at once; one that is still silent after this is not going to. */
const ANSWER_TIMEOUT_MS = 2000;

/**
 * The frames of the stream that all tabs of this browser share. `onUnusable` is called at most once, when the browser
 * does not let the worker run after all (some have none, some forbid it): then this source is closed already.
 * Null where the browser has no shared workers.
 */
export function sharedFeed(handlers: FeedSourceHandlers, onUnusable: () => void): FeedSource | null {
  const worker = startWorker();
  if (!worker) return null;
  const { port } = worker;
  let answered = false;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const say = (message: ToWorker) => port.postMessage(message);
  const close = () => {
    clearTimeout(watchdog);
    window.removeEventListener('pagehide', leave);
    port.onmessage = null;
    worker.onerror = null;
    say({ type: 'leave' });
    port.close();
  };
  const giveUp = () => {
    close();
    onUnusable();
  };
  /** The worker passes keep-alives on, so its silence means that it was stopped, or has forgotten this tab. */
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
        say({ type: 'join' });
        watch();
      },
      answered ? STREAM_TIMEOUT_MS + ANSWER_TIMEOUT_MS : ANSWER_TIMEOUT_MS,
    );
  };
  const leave = () => say({ type: 'leave' });

  worker.onerror = () => {
    if (!answered) giveUp();
  };
  port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    answered = true;
    watch();
    // One that is of no use here is of none to the worker either, which reads it with the same eyes.
    if (data.type === 'joined' && data.frame) handlers.onFrame(data.frame, data.frameAgeMs);
    if (data.type === 'frame') handlers.onFrame(data.frame, 0);
    if (data.type === 'lost' || (data.type === 'joined' && data.lost)) handlers.onLost();
  };
  // A tab that is closed says so itself: the worker is not told.
  window.addEventListener('pagehide', leave);
  say({ type: 'join' });
  watch();
  return {
    wake: () => {
      say({ type: 'join' });
      say({ type: 'wake' });
    },
    close,
  };
}

function startWorker(): SharedWorker | null {
  if (typeof SharedWorker === 'undefined') return null;
  try {
    return new SharedWorker(new URL('./feed-worker.ts', import.meta.url), {
      type: 'module',
      name: 'planeboard-feed',
    });
  } catch {
    return null;
  }
}
