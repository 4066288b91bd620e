import 'server-only';
import { isLoopbackName } from '@/lib/plane/model/names';
import type { Config } from '@/lib/server/config/config';

/** A cookie with its name and attributes must stay below 4,096 bytes, or the browser drops it. */
const CHUNK_LENGTH = 3600;
const MAX_CHUNKS = 3;
/** Reverse proxies accept header lines of 8 KB by default, and other cookies share the line. */
const MAX_LENGTH = 7600;
/** More texts than any browser keeps for one name, and few enough to try all of them. */
const MAX_CANDIDATES = 64;
const DEFAULT_PORT = '80';
/** What a compact JWE consists of. */
const SEALED = /^[A-Za-z0-9_.-]+$/;

/** The names of a session's cookies, and whether browsers may send them over TLS only. */
export interface CookieForm {
  readonly name: string;
  readonly isSecure: boolean;
}

/**
 * Returns the form of the cookies on a host. Over TLS, the prefix `__Host-` keeps every other host, and every page
 * without TLS, from setting them. Browsers accept that prefix only over TLS, so on this machine the name has the port
 * instead: cookies don't know ports, and another server on this machine would overwrite them.
 *
 * @param host the Host header
 */
export function cookieFormOf(host: string | null, { publicUrl }: Pick<Config, 'publicUrl'>): CookieForm {
  const url = host !== null && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null;
  const isLocal = url !== null && isLoopbackName(url.hostname);
  const isPublic = publicUrl?.protocol === 'https:' && url?.hostname === publicUrl.hostname;
  if (isLocal && !isPublic) return { name: `planeboard-${url.port || DEFAULT_PORT}`, isSecure: false };
  return { name: '__Host-planeboard', isSecure: true };
}

/**
 * Returns the Set-Cookie headers that store a sealed session, and remove what an earlier one needed more; null if it is
 * too large for cookies.
 */
export function storeSessionCookies(sealed: string, form: CookieForm): readonly string[] | null {
  if (sealed.length > MAX_LENGTH) return null;
  const count = Math.ceil(sealed.length / CHUNK_LENGTH);
  const chunks = Array.from({ length: count }, (_, at) =>
    sealed.slice(at * CHUNK_LENGTH, (at + 1) * CHUNK_LENGTH),
  );
  const values = new Map(chunks.map((chunk, at) => [count === 1 ? form.name : `${form.name}.${at}`, chunk]));
  return cookieNames(form).map((name) => setCookie(name, values.get(name) ?? null, form));
}

/** Returns the Set-Cookie headers that remove a session. */
export function clearSessionCookies(form: CookieForm): readonly string[] {
  return cookieNames(form).map((name) => setCookie(name, null, form));
}

/**
 * Returns the texts in a Cookie header that may be a sealed session. There can be several of a name: another server on
 * this machine or a sibling host can set cookies here, and the right one isn't always the first. Only opening them tells.
 */
export function sealedSessionsOf(cookieHeader: string | null, { name }: CookieForm): readonly string[] {
  const values = (cookie: string) => cookieValues(cookieHeader ?? '', cookie);
  const [first, ...rest] = Array.from({ length: MAX_CHUNKS }, (_, at) => values(`${name}.${at}`));
  const candidates = values(name);
  let joined = first ?? [];
  for (const chunks of rest) {
    joined = joined.flatMap((start) => chunks.map((chunk) => start + chunk)).slice(0, MAX_CANDIDATES);
    candidates.push(...joined);
  }
  return [...new Set(candidates)].filter((text) => text.length <= MAX_LENGTH).slice(0, MAX_CANDIDATES);
}

function cookieNames({ name }: CookieForm): readonly string[] {
  return [name, ...Array.from({ length: MAX_CHUNKS }, (_, at) => `${name}.${at}`)];
}

/**
 * Returns a Set-Cookie header. Without a maximum age, the cookie ends with the browser; the server checks its age anyway.
 *
 * @param value null removes the cookie
 */
export function setCookie(
  name: string,
  value: string | null,
  { isSecure }: CookieForm,
  maxAgeSeconds?: number,
): string {
  const ageSeconds = value === null ? 0 : maxAgeSeconds;
  const age = ageSeconds === undefined ? '' : `; Max-Age=${ageSeconds}`;
  return `${name}=${value ?? ''}; Path=/${age}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}

/** Returns the names in a Cookie header. */
export function cookieNamesIn(header: string | null): string[] {
  return (header ?? '').split(';').map((pair) => pair.slice(0, Math.max(0, pair.indexOf('='))).trim());
}

/** Returns the values of a name in a Cookie header that may be sealed texts. */
export function cookieValues(header: string, name: string): string[] {
  return header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1).trim();
    return at > 0 && pair.slice(0, at).trim() === name && SEALED.test(value) ? [value] : [];
  });
}
