/** Longer than any path of the console with its search. */
const MAX_LENGTH = 2000;
/** A base for paths, which no browser ever requests. */
const BASE = 'http://planeboard.invalid';

/**
 * Returns the path of this site to open after the sign-in. Anything else, above all an address of another site, gives
 * the start page: a link to the sign-in page must never lead away from it.
 *
 * Browsers drop tabs and line breaks in addresses and read a backslash as a slash, so `/\t/evil.example` would be
 * another host.
 */
export function parseNextPath(next: string | null): string {
  if (next === null || next.length > MAX_LENGTH || !/^\/(?![/\\])[^\\\p{C}]*$/u.test(next)) return '/';
  if (!URL.canParse(next, BASE)) return '/';
  const { origin, pathname, search, hash } = new URL(next, BASE);
  // After resolving `..`, because `/x/..//evil.example` would be another host.
  if (origin !== BASE || pathname.startsWith('//')) return '/';
  // The sign-in page would lead to itself.
  return pathname === '/login' || pathname.startsWith('/api/') ? '/' : `${pathname}${search}${hash}`;
}

/** Returns the path of the sign-in page that leads back to a path. */
export function signInPath(path: string | null): string {
  const next = parseNextPath(path);
  return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}
