/** Encodes the UTF-8 bytes of a text as base64. Also runs in browsers, so it doesn't use Buffer. */
export function toBase64(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

/** Decodes base64 into its bytes, one character each, or null for any other text. Ignores blanks and line breaks. */
export function fromBase64(text: string): string | null {
  const compact = text.replace(/\s+/g, '');
  if (compact.length < 4 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null;
  // No base64 has this length. The exception of `atob` would cost far more than this comparison.
  if (compact.length % 4 === (compact.endsWith('=') ? 3 : 1)) return null;
  try {
    return atob(compact);
  } catch {
    return null;
  }
}

/**
 * Decodes the start of a base64 text that may have been cut, into its bytes, one character each. Returns null for any
 * other text.
 */
export function decodeBase64Start(text: string): string | null {
  const compact = text.replace(/\s+/g, '');
  return fromBase64(compact.slice(0, compact.length - (compact.length % 4)));
}
