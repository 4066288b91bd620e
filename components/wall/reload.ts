import { paced } from '@/lib/plane/time/pace';

/** A page that crashes on loading must not hammer the server, but must recover automatically. */
const FIRST_RELOAD_MS = 10_000;
const LONGEST_RELOAD_MS = 5 * 60_000;
/** A page that ran for this long has recovered. */
const RECOVERED_MS = 10 * 60_000;
const FETCH_TIMEOUT_MS = 10_000;
const STORAGE_KEY = 'planeboard-wall-reloads';

/**
 * Returns the delay before a reload in milliseconds.
 *
 * @param failures the number of earlier crashes, from 0
 */
export function reloadDelayMs(failures: number): number {
  return paced(Math.min(LONGEST_RELOAD_MS, FIRST_RELOAD_MS * 2 ** Math.max(0, failures)));
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Reloads the page after a crash, later with each crash. Further crashes during the wait change nothing. */
export function reloadAfterCrash(): void {
  if (timer !== undefined) return;
  const failures = readCrashes();
  writeCrashes(failures + 1);
  timer = setTimeout(() => void reloadWhenAnswered(), reloadDelayMs(failures));
}

/** Reloads the page after an uncaught error, which may have stopped the wall. Returns a function that stops this. */
export function reloadOnErrors(): () => void {
  const onError = (event: ErrorEvent) => {
    // Resources that fail to load and observers that skip a round carry no error and aren't crashes.
    if (event.error) reloadAfterCrash();
  };
  const onRejection = () => reloadAfterCrash();
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  return () => {
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
  };
}

/** Resets the crash count once the page has run long enough. Returns a function that stops this. */
export function forgetCrashesInTime(): () => void {
  const forget = setTimeout(() => writeCrashes(0), paced(RECOVERED_MS));
  return () => clearTimeout(forget);
}

/** Reloads the page because the server runs another version. Each screen waits a random time. */
export function reloadForUpgrade(): void {
  timer ??= setTimeout(() => void reloadWhenAnswered(), paced(FIRST_RELOAD_MS * (1 + Math.random())));
}

/** Reloads only if the server answers: otherwise the browser's own error page would stay on the wall forever. */
async function reloadWhenAnswered(): Promise<void> {
  timer = undefined;
  try {
    const { status } = await fetch(location.href, {
      cache: 'no-store',
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    if (status < 500) {
      location.reload();
      return;
    }
  } catch {
    // The server isn't reachable now.
  }
  timer = setTimeout(() => void reloadWhenAnswered(), paced(FIRST_RELOAD_MS));
}

function readCrashes(): number {
  try {
    return Number(sessionStorage.getItem(STORAGE_KEY) ?? 0) || 0;
  } catch {
    // If storage is forbidden, every crash counts as the first.
    return 0;
  }
}

function writeCrashes(count: number): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, String(count));
  } catch {
    // See above.
  }
}
