/**
 * Decodes base64 as Go's `base64.StdEncoding` does: padded, without data behind the padding, and with line breaks
 * ignored anywhere. Null for any other text. Doesn't use Buffer or `atob`, which accept more.
 */
export function bytesOfBase64(text: string): Uint8Array | null {
  const compact = text.replace(/[\r\n]+/g, '');
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(compact);
  const digits = match?.[1] ?? '';
  if (match === null || compact.length % 4 !== 0) return null;
  const bytes = new Uint8Array((compact.length / 4) * 3 - (match[2]?.length ?? 0));
  let at = 0;
  for (let index = 0; index < digits.length; index += 4) {
    const group = [0, 1, 2, 3].reduce((bits, offset) => bits * 64 + digitAt(digits, index + offset), 0);
    for (const shift of [16, 8, 0]) {
      if (at < bytes.length) bytes[at++] = (group >> shift) & 0xff;
    }
  }
  return bytes;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map(Array.from(ALPHABET, (digit, value) => [digit, value]));

function digitAt(digits: string, index: number): number {
  return VALUES.get(digits[index] ?? 'A') ?? 0;
}
