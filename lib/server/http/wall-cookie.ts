import 'server-only';
import { isLoopbackName } from '@/lib/plane/model/names';
import type { Config } from '@/lib/server/config/config';
import { processSlot } from '@/lib/server/process/process-slot';
import { ProblemError } from './problem';

const WALL_COOKIE = 'planeboard_wall';
/** Over TLS. No server without TLS can set a cookie with this prefix, so none can give a screen another link. */
const SECURE_WALL_COOKIE = `__Secure-${WALL_COOKIE}`;

/** Browsers keep no cookie longer than 400 days. A running screen gets a new one with its data. */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;
/** 256 bits as base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Returns whether a text can be the token of a wall. */
export function isWallToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Returns the tokens that a screen sends, each once. Usually that is one. Any other server on this host name can set
 * cookies here too, whatever its port, so the right one isn't always the first. Node accepts headers up to 16 KB, so there
 * are at most some hundred.
 */
export function wallTokensOf(headers: Headers): readonly string[] {
  return [...new Set(cookieValues(headers).filter(isWallToken))];
}

/** Sets how to find out, without waiting, whether a token belongs to a wall link. */
export function setKnownWallTokens(isKnown: (token: string) => boolean): void {
  knownWallTokens().isKnown = isKnown;
}

/**
 * Rejects a request that carries the token of a wall link outside the wall. The cookie's path keeps browsers from
 * sending it there, so the sender took it from a screen that everyone can reach. Other cookies of that name are ignored:
 * another server on this host name may have set them, and they grant nothing.
 *
 * @throws ProblemError `forbidden`
 */
export function requireNoWallCookie(headers: Headers): void {
  if (!wallTokensOf(headers).some((token) => knownWallTokens().isKnown(token))) return;
  throw new ProblemError('forbidden', "A wall's cookie works only on the wall. Send the request without it.");
}

function knownWallTokens(): { isKnown: (token: string) => boolean } {
  return processSlot('known-wall-tokens', () => ({ isKnown: () => false }));
}

/**
 * Returns the Set-Cookie header with which a screen keeps its token: limited to the wall's paths, and hidden from
 * scripts.
 *
 * @param host the Host header of the request
 */
export function wallCookie(token: string, host: string | null, config: Pick<Config, 'publicUrl'>): string {
  const [name, secure] = isSecure(host, config) ? [SECURE_WALL_COOKIE, '; Secure'] : [WALL_COOKIE, ''];
  return `${name}=${token}; Path=/wall; Max-Age=${MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}

/** True everywhere except on this machine, and except where PLANEBOARD_URL explicitly has no TLS. */
function isSecure(host: string | null, { publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  if (publicUrl?.protocol === 'https:' && !isLoopback(host)) return true;
  return !isLoopback(host) && publicUrl?.protocol !== 'http:';
}

function isLoopback(host: string | null): boolean {
  return (
    host !== null && URL.canParse(`http://${host}`) && isLoopbackName(new URL(`http://${host}`).hostname)
  );
}

/** Returns the values of the wall's cookies, those with the prefix first: another server can have set the others. */
function cookieValues(headers: Headers): string[] {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()];
  });
  // A screen that was set up before the prefix, or without TLS, has the other name.
  return [SECURE_WALL_COOKIE, WALL_COOKIE].flatMap((wanted) =>
    pairs.flatMap(([name, value]) => (name === wanted ? [value] : [])),
  );
}
