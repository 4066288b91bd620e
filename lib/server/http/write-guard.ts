import 'server-only';
import { type Config, getConfig } from '@/lib/server/config/config';
import { isKnownHost } from './known-hosts';
import { FORM_PATH } from './methods';
import { ProblemError } from './problem';
import { requireNoWallCookie } from './wall-cookie';

/**
 * Rejects a write that a page of another site could have made a browser send: it must come from this origin and be
 * JSON, which no plain form can send. Every route that writes calls this itself. The HTTP entry and the proxy in front
 * of all routes check the same, but a check in only one place is one mistake away from none.
 *
 * Programs without a browser send neither Origin nor Sec-Fetch-Site, and hold no cookie that could be abused.
 *
 * A screen on a wall writes nothing: its cookie is rejected.
 *
 * @throws ProblemError `forbidden`, `unknown-host`, `cross-origin` or `unsupported-media-type`
 */
export function requireSameOriginJson(headers: Headers): void {
  requireNoWallCookie(headers);
  const config = getConfig();
  if (!isKnownHost(headers.get('host'), config)) throw new ProblemError('unknown-host');
  requireSameOrigin(headers, config);
  requireJson(headers);
}

/**
 * Rejects a request that a browser says comes from a page of another origin.
 *
 * @throws ProblemError `cross-origin`
 */
export function requireSameOrigin(headers: Headers, { publicUrl }: Pick<Config, 'publicUrl'>): void {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') throw new ProblemError('cross-origin');
  const origin = headers.get('origin');
  if (origin !== null && !isOwnOrigin(origin, headers.get('host'), publicUrl))
    throw new ProblemError('cross-origin');
}

/**
 * Rejects what `requireSameOrigin` does, and a write without the media type of its path: JSON, except for the one form.
 *
 * @throws ProblemError `cross-origin` or `unsupported-media-type`
 */
export function requireOwnWrite(path: string, headers: Headers, config: Pick<Config, 'publicUrl'>): void {
  requireSameOrigin(headers, config);
  if (path !== FORM_PATH) requireJson(headers);
  else if (mediaTypeOf(headers) !== 'application/x-www-form-urlencoded')
    throw new ProblemError('unsupported-media-type', 'This path accepts only the form that it shows.');
}

function requireJson(headers: Headers): void {
  if (mediaTypeOf(headers) !== 'application/json') throw new ProblemError('unsupported-media-type');
}

function mediaTypeOf(headers: Headers): string {
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase();
}

/**
 * Returns whether a browser says that a page of this origin sent the request. Browsers send Origin with every form, and
 * Sec-Fetch-Site on this machine and over TLS.
 */
export function isFromOwnPage(headers: Headers, { publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const known = origin !== null || site !== null;
  return (
    known &&
    (site ?? 'same-origin') === 'same-origin' &&
    (origin === null || isOwnOrigin(origin, headers.get('host'), publicUrl))
  );
}

/**
 * Rejects every change while Planeboard is read-only.
 *
 * @throws ProblemError `read-only`
 */
export function requireWritable(): void {
  if (!getConfig().readOnly) return;
  throw new ProblemError(
    'read-only',
    'Planeboard is read-only (PLANEBOARD_READONLY=true). Nothing was changed.',
  );
}

/**
 * @param origin the Origin header
 * @param host the Host header
 */
export function isOwnOrigin(origin: string, host: string | null, publicUrl: URL | null): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (publicUrl && url.origin === publicUrl.origin) return true;
  // Without a proxy the scheme is ours; behind one, PLANEBOARD_URL names the origin.
  return publicUrl === null && url.host === host;
}
