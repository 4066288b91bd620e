import { paced } from '@/lib/plane/time/pace';

/**
 * What Planeboard's event streams share: those of the fleet, of a wall and of a plane's events. This file is free of
 * zod, because the browser imports it on every page.
 */

/**
 * How often the server sends a `keepalive` frame. It is a named event, because an SSE comment never reaches the
 * page's script.
 */
export function keepaliveMs(): number {
  return paced(5000);
}

/** The browser treats a connection as dead after this long without a frame: two keep-alives and some slack. */
export const STREAM_TIMEOUT_MS = 12_000;

/** Data older than three keep-alives are shown as old. */
export function dataOldMs(): number {
  return 3 * keepaliveMs();
}

/** How long a reader that is refused because there are too many waits before it tries again: `Retry-After`. */
export const READER_RETRY_SECONDS = 15;
