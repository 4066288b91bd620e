import 'server-only';
import { isJsonObject } from '@/lib/plane/json/json';

/** Returns whether a text has the form of a signed JSON Web Token. Its claims and its signature aren't checked. */
export function isJsonWebToken(text: string): boolean {
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) return false;
  const [header = '', claims = ''] = text.split('.');
  return isEncodedObject(header) && isEncodedObject(claims);
}

function isEncodedObject(part: string): boolean {
  try {
    return isJsonObject(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return false;
  }
}
