import 'server-only';

/** How the names of Planeboard's own cookies begin: those of walls, sessions and the theme. */
const OWN = /^(?:__(?:Host|Secure)-)?planeboard/;
/** Far more than a browser has of them, even if other servers on this host name set some. */
const MAX_OWN = 100;

/**
 * Returns the Cookie header with Planeboard's own cookies alone; undefined if it has none. Others mean nothing here, but
 * Next.js handles all of a request's cookies again for each of them: the thousands that fit into a header take seconds.
 *
 * @param header as received
 */
export function ownCookies(header: string | undefined): string | undefined {
  const own = (header ?? '').split(';').filter((pair) => OWN.test(pair.trim()));
  return own.length === 0 ? undefined : own.slice(0, MAX_OWN).join(';').trim();
}
