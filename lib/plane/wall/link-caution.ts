import { isLoopbackName } from '@/lib/plane/model/names';

/** Why a link may not work on the screen that it is meant for. */
export type LinkCaution =
  /** It leads every machine to itself. */
  | 'this-machine-only'
  /** Over plain HTTP a browser does not keep the wall's cookie, so the screen is never let in. */
  | 'no-cookie';

/**
 * What speaks against links that begin with an origin; null: nothing does.
 *
 * @param origin such as `http://127.0.0.1:3000`
 * @param isConfigured whether PLANEBOARD_URL says it: then plain HTTP is meant, and the cookie is made for it
 */
export function linkCaution(origin: string, isConfigured: boolean): LinkCaution | null {
  const { protocol, hostname } = new URL(origin);
  if (isLoopbackName(hostname)) return 'this-machine-only';
  return protocol === 'http:' && !isConfigured ? 'no-cookie' : null;
}
