import { recogniseMaterial } from '@/lib/plane/credentials/recognise-material';

/** From the first line of a private key to its last, or to the end where that is missing. */
const PRIVATE_KEY_BLOCK =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----\r?\n?|$)/g;

/** A text without the private keys in it; empty where it cannot be taken apart, such as base64 of a key. */
export function withoutPrivateKeys(text: string): string {
  const rest = text.replace(PRIVATE_KEY_BLOCK, '');
  const stillHasKey = rest === text || recogniseMaterial(rest).form === 'private-key';
  return stillHasKey ? '' : rest;
}
