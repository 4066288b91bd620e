import { paced } from '@/lib/plane/time/pace';

/** A page that is hidden for a moment, while you look something up in another tab, keeps its stream. */
const HIDDEN_MS = 10_000;
const SLEEP_CHECK_MS = 5000;
/** Browsers may delay timers of a hidden tab by up to a minute; a longer gap means that the machine slept. */
const SLEPT_MS = 60_000;

/** The part of an `EventStream` that a page drives. */
interface PageStream {
  connect(): void;
  close(): void;
}

export interface PageStreamOptions {
  /**
   * Called after the stream was closed because the page is hidden; without it, the stream stays open. For data that
   * no one needs in the background: browsers allow six HTTP/1.1 connections per host, and tabs that each hold one
   * would block the seventh.
   */
  readonly onPaused?: () => void;
}

/**
 * Keeps a stream of this page's own open, and reconnects it whenever its connection can't be trusted (`onWake`).
 * Returns a function that closes it.
 */
export function openInPage(stream: PageStream, { onPaused }: PageStreamOptions = {}): () => void {
  // A page that was opened in the background is paused until it's visible.
  let isPaused = onPaused !== undefined && document.visibilityState === 'hidden';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopWaking = onWake(() => {
    if (!isPaused) stream.connect();
  });
  const onVisibility = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') {
      timer = setTimeout(() => {
        isPaused = true;
        stream.close();
        onPaused?.();
      }, paced(HIDDEN_MS));
    } else if (isPaused) {
      isPaused = false;
      stream.connect();
    }
  };
  if (onPaused) document.addEventListener('visibilitychange', onVisibility);
  if (!isPaused) stream.connect();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    stopWaking();
    stream.close();
  };
}

/**
 * Calls back when connections can't be trusted any more: the network returned, the page was restored from the
 * browser's cache, or the machine slept. Returns a function that stops this.
 */
export function onWake(wake: () => void): () => void {
  let checkedAtMs = Date.now();
  const timer = setInterval(() => {
    // The wall clock continues while a machine sleeps; a monotonic clock may not. Only the difference is used.
    const sleptMs = Date.now() - checkedAtMs - SLEEP_CHECK_MS;
    checkedAtMs = Date.now();
    if (sleptMs > SLEPT_MS) wake();
  }, SLEEP_CHECK_MS);
  const onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) wake();
  };
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', onPageShow);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', onPageShow);
  };
}
