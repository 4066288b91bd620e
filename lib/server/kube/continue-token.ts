import 'server-only';
import { isJsonObject } from '@/lib/plane/json/json';

/**
 * Returns a token that continues a list with the present objects instead of those of the list's beginning: then a page
 * can be compared with the present, and the token never expires. The API server sends such a token itself when a list's
 * beginning is too old (`rv: -1` in `EncodeContinue` of k8s.io/apiserver).
 *
 * @param token from a page of the API server
 * @returns null for a token in a form that isn't known
 */
export function presentContinueToken(token: string): string | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (!isJsonObject(read) || read.v !== 'meta.k8s.io/v1' || typeof read.start !== 'string') return null;
    const present = JSON.stringify({ v: read.v, rv: -1, start: read.start });
    return Buffer.from(present, 'utf8').toString('base64url');
  } catch {
    return null;
  }
}
