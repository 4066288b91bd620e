/** A page that fails as soon as it is there must not hammer the server, and yet come back by itself. */
const FIRST_RELOAD_MS = 10_000;
const LONGEST_RELOAD_MS = 5 * 60_000;
/** A page that ran for this long has recovered. */
const RECOVERED_MS = 10 * 60_000;
const FETCH_TIMEOUT_MS = 10_000;
const STORAGE_KEY = 'planeboard-wall-reloads';

/** How long to wait before the page is loaded again, milliseconds. @param failures how often it failed before, from 0 */
export function reloadDelayMs(failures: number): number {
  return Math.min(LONGEST_RELOAD_MS, FIRST_RELOAD_MS * 2 ** Math.max(0, failures));
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Loads the page again after a crash, later with each one; more crashes meanwhile change nothing. */
export function reloadAfterCrash(): void {
  if (timer !== undefined) return;
  const failures = readCrashes();
  writeCrashes(failures + 1);
  timer = setTimeout(() => void reloadWhenAnswered(), reloadDelayMs(failures));
}

/** Loads the page again after an uncaught error, which may have stopped the wall. Returns a function that stops it. */
export function reloadOnErrors(): () => void {
  const onError = (event: ErrorEvent) => {
    // Resources that don't load, and observers that skip a round, carry no error and are no crash.
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

/** Resets the crash count once the page has run long enough. Returns a function that stops it. */
export function forgetCrashesInTime(): () => void {
  const forget = setTimeout(() => writeCrashes(0), RECOVERED_MS);
  return () => clearTimeout(forget);
}

/** Loads the page again because the server runs another version; a moment of its own for each screen. */
export function reloadForUpgrade(): void {
  timer ??= setTimeout(() => void reloadWhenAnswered(), FIRST_RELOAD_MS * (1 + Math.random()));
}

/** Only a page that is there is loaded: the browser's own error page would stand on the wall for ever. */
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
    // The server is not there now.
  }
  timer = setTimeout(() => void reloadWhenAnswered(), FIRST_RELOAD_MS);
}

function readCrashes(): number {
  try {
    return Number(sessionStorage.getItem(STORAGE_KEY) ?? 0) || 0;
  } catch {
    // Storage can be forbidden: then every crash is the first one, and waits as long as that.
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
