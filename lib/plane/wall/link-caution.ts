import { isLoopbackName } from '@/lib/plane/model/names';

/** Why a link may not work on its target screen. */
export type LinkCaution =
  /** Every machine resolves it to itself. */
  | 'this-machine-only'
  /** Over plain HTTP, a browser doesn't keep the wall's cookie, so the screen is never admitted. */
  | 'no-cookie';

/**
 * Returns the problem with links that start with an origin, or null.
 *
 * @param origin such as `http://127.0.0.1:3000`
 * @param isConfigured whether PLANEBOARD_URL sets it: plain HTTP is then intended, and the cookie allows it
 */
export function linkCaution(origin: string, isConfigured: boolean): LinkCaution | null {
  const { protocol, hostname } = new URL(origin);
  if (isLoopbackName(hostname)) return 'this-machine-only';
  return protocol === 'http:' && !isConfigured ? 'no-cookie' : null;
}
