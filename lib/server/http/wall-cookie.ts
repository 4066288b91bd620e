import 'server-only';
import { isLoopbackName } from '@/lib/plane/model/names';
import type { Config } from '@/lib/server/config/config';
import { ProblemError } from './problem';

export const WALL_COOKIE = 'planeboard_wall';

/** A browser keeps no cookie longer than 400 days; a screen that is on gets it anew with its data. */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;
/** 256 bits as base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Whether a text can be the token of a wall. */
export function isWallToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The token that a screen sends along; null: none, or nothing that could be one. */
export function wallTokenOf(headers: Headers): string | null {
  return cookieValues(headers).find(isWallToken) ?? null;
}

/**
 * Refuses a request that carries a wall's cookie outside of the wall. Its path keeps browsers from sending it; whoever
 * does all the same took it off a screen that everybody can reach.
 *
 * @throws ProblemError `forbidden`
 */
export function requireNoWallCookie(headers: Headers): void {
  if (cookieValues(headers).length === 0) return;
  throw new ProblemError(
    'forbidden',
    'The cookie of a wall opens the wall and nothing else. Send the request without it.',
  );
}

/**
 * The Set-Cookie header with which a screen keeps its token: for the wall's paths alone, out of reach of scripts.
 *
 * @param host the Host header of the request
 */
export function wallCookie(token: string, host: string | null, config: Pick<Config, 'publicUrl'>): string {
  const secure = isSecure(host, config) ? '; Secure' : '';
  return `${WALL_COOKIE}=${token}; Path=/wall; Max-Age=${MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}

/** Everywhere but on this machine, and where PLANEBOARD_URL says in so many words that there is no TLS. */
function isSecure(host: string | null, { publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  if (publicUrl?.protocol === 'https:' && !isLoopback(host)) return true;
  return !isLoopback(host) && publicUrl?.protocol !== 'http:';
}

function isLoopback(host: string | null): boolean {
  return (
    host !== null && URL.canParse(`http://${host}`) && isLoopbackName(new URL(`http://${host}`).hostname)
  );
}

function cookieValues(headers: Headers): string[] {
  return (headers.get('cookie') ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 && pair.slice(0, at).trim() === WALL_COOKIE ? [pair.slice(at + 1).trim()] : [];
  });
}
