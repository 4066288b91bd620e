/**
 * What Planeboard's event streams have in common: those of the fleet, of a wall and of a plane's events. Without zod,
 * because the browser imports it on every page.
 */

/** The server sends a frame `keepalive` this often. It is a named event, because a comment never reaches the page's script. */
export const KEEPALIVE_MS = 5000;

/** Without any frame for this long, two keep-alives and some slack, the browser treats the connection as dead. */
export const STREAM_TIMEOUT_MS = 12_000;

/** Data older than three keep-alives are shown as old. */
export const DATA_OLD_MS = 3 * KEEPALIVE_MS;
