import { CertificateError, type DerReader, TAG } from './der-reader';

/**
 * Reads a distinguished name, and checks the characters of its values.
 *
 * @returns the name as text: `CN=agent, O=Acme`
 */
export function readName(name: DerReader): string {
  const attributes: string[] = [];
  const problem = 'invalid RDNSequence';
  const sequence = name.read(TAG.sequence, problem);
  while (!sequence.isEmpty) {
    const set = sequence.read(TAG.set, problem);
    while (!set.isEmpty) {
      const attribute = set.read(TAG.sequence, `${problem}: invalid attribute`);
      const oid = attribute.objectIdentifier(`${problem}: invalid attribute type`);
      const { tag, content } = attribute.next(`${problem}: invalid attribute value`);
      const why = stringProblem(tag, content.rest());
      if (why !== null) throw new CertificateError(`${problem}: invalid attribute value: ${why}`);
      attributes.push(`${ATTRIBUTES[oid] ?? oid}=${stringText(tag, content.rest())}`);
    }
  }
  return attributes.join(', ');
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

function stringText(tag: number, value: Uint8Array): string {
  if (tag === TAG.utf8String) return new TextDecoder().decode(value);
  if (tag === TAG.bmpString) return characters(bmpPoints(value));
  return characters(value);
}

/** Returns the text with these code units. As arguments of one call, those of a long name wouldn't fit on the stack. */
function characters(codes: Iterable<number>): string {
  return Array.from(codes, (code) => String.fromCharCode(code)).join('');
}

/** Returns why a string isn't of its ASN.1 type, or null if it is. */
function stringProblem(tag: number, value: Uint8Array): string | null {
  switch (tag) {
    case TAG.t61String:
      return null;
    case TAG.printableString:
      return value.every(isPrintable) ? null : 'invalid PrintableString';
    case TAG.utf8String:
      return isUtf8(value) ? null : 'invalid UTF-8 string';
    case TAG.bmpString:
      return isBmp(value) ? null : 'invalid BMPString';
    case TAG.ia5String:
      return isAscii(value) ? null : 'invalid IA5String';
    case TAG.numericString:
      return value.every((byte) => byte === 0x20 || (byte >= 0x30 && byte <= 0x39))
        ? null
        : 'invalid NumericString';
    default:
      return 'unsupported string type';
  }
}

export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** Go also accepts `*` and `&`, which real certificates contain. */
function isPrintable(byte: number): boolean {
  return /[A-Za-z0-9 '()+,\-./:=?*&]/.test(String.fromCharCode(byte));
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Two octets a character; neither surrogates nor code points that are no characters. */
function isBmp(bytes: Uint8Array): boolean {
  return (
    bytes.length % 2 === 0 &&
    bmpPoints(bytes).every(
      (point) => point < 0xd800 || (point > 0xdfff && point < 0xfdd0) || (point > 0xfdef && point < 0xfffe),
    )
  );
}

function bmpPoints(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => {
    return ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0);
  });
}
