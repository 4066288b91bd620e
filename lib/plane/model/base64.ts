/** Base64 of a text's UTF-8 bytes. Runs in browsers too, so without Buffer. */
export function toBase64(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

/** The bytes that a base64 text holds, one character each; null when it holds none. Blanks and line breaks are ignored. */
export function fromBase64(text: string): string | null {
  const compact = text.replace(/\s+/g, '');
  if (compact.length < 4 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null;
  try {
    return atob(compact);
  } catch {
    return null;
  }
}
