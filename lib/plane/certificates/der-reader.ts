/** A certificate that Go's parser rejects. `message` is Go's own, without its `x509: ` prefix. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

/** The first octet of a DER element: tag number, class and whether it's constructed. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The tag of a primitive, context-specific element. */
export function contextTag(number: number): number {
  return 0x80 | number;
}

/** The tag of a constructed, context-specific element, such as an explicitly tagged one. */
export function explicitTag(number: number): number {
  return 0xa0 | number;
}

interface Element {
  readonly tag: number;
  readonly content: DerReader;
  /** The whole element, its tag and length included. */
  readonly bytes: Uint8Array;
}

/**
 * Reads DER elements one after the other, as strictly as Go's `cryptobyte`: only definite lengths in their shortest
 * form, and only tags of one octet. Data after the elements that are read is the caller's business, as in Go.
 *
 * Each method throws a CertificateError with the given message when the next element isn't what is asked for.
 */
export class DerReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isEmpty(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Returns whether the next element has a tag. It may still be malformed. */
  has(tag: number): boolean {
    return this.bytes[this.at] === tag;
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }

  next(problem: string): Element {
    const rest = this.rest();
    const [tag, first] = rest;
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
      throw new CertificateError(problem);
    const lengthOctets = first & 0x80 ? first & 0x7f : 0;
    const headerLength = 2 + lengthOctets;
    const length = first & 0x80 ? longLength(rest.subarray(2, headerLength), lengthOctets) : first;
    if (length === null || headerLength + length > rest.length) throw new CertificateError(problem);
    const bytes = rest.subarray(0, headerLength + length);
    this.at += bytes.length;
    return { tag, content: new DerReader(bytes.subarray(headerLength)), bytes };
  }

  element(tag: number, problem: string): Element {
    const element = this.next(problem);
    if (element.tag !== tag) throw new CertificateError(problem);
    return element;
  }

  read(tag: number, problem: string): DerReader {
    return this.element(tag, problem).content;
  }

  /** Returns the content of the next element if it has the tag, and null otherwise. */
  optional(tag: number, problem: string): DerReader | null {
    return this.has(tag) ? this.read(tag, problem) : null;
  }

  boolean(problem: string): boolean {
    const content = this.read(TAG.boolean, problem).rest();
    if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))
      throw new CertificateError(problem);
    return content[0] === 0xff;
  }

  /** Returns an integer of any size in its shortest form, which DER demands. */
  integer(problem: string, tag: number = TAG.integer): bigint {
    const content = this.read(tag, problem).rest();
    const [first, second = 0] = content;
    const isPadded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
    if (first === undefined || (content.length > 1 && isPadded)) throw new CertificateError(problem);
    return BigInt.asIntN(content.length * 8, unsigned(content));
  }

  /** Returns an integer of at most 64 bits. */
  int64(problem: string, tag?: number): bigint {
    const value = this.integer(problem, tag);
    if (BigInt.asIntN(64, value) !== value) throw new CertificateError(problem);
    return value;
  }

  /** Returns an object identifier as text, such as `2.5.29.19`. */
  objectIdentifier(problem: string): string {
    const content = this.read(TAG.objectIdentifier, problem).rest();
    const parts = subidentifiers(content);
    const [first] = parts ?? [];
    if (parts === null || first === undefined) throw new CertificateError(problem);
    const head = first < 80 ? [Math.floor(first / 40), first % 40] : [2, first - 80];
    return [...head, ...parts.slice(1)].join('.');
  }

  /** Returns the bits of a bit string, with unused ones moved to the front of the first octet. */
  bitString(problem: string): { readonly bytes: Uint8Array; readonly rightAligned: Uint8Array } {
    const content = this.read(TAG.bitString, problem).rest();
    const [unusedBits] = content;
    const bytes = content.subarray(1);
    const last = bytes.at(-1);
    if (
      unusedBits === undefined ||
      unusedBits > 7 ||
      (last === undefined ? unusedBits > 0 : (last & ((1 << unusedBits) - 1)) !== 0)
    )
      throw new CertificateError(problem);
    return { bytes, rightAligned: shiftedRight(bytes, unusedBits) };
  }
}

/** Returns the big-endian number in some octets. */
export function unsigned(bytes: Uint8Array): bigint {
  return bytes.length === 0
    ? 0n
    : BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

/** Returns a length of 1 to 4 octets, or null unless it's in its shortest form. */
function longLength(octets: Uint8Array, count: number): number | null {
  if (count === 0 || count > 4 || octets.length < count) return null;
  const length = Number(unsigned(octets));
  return length < 128 || octets[0] === 0 ? null : length;
}

/** Returns the numbers of an object identifier, or null if one is malformed or has more than 31 bits. */
function subidentifiers(bytes: Uint8Array): number[] | null {
  const numbers: number[] = [];
  let value = 0;
  let octets = 0;
  for (const byte of bytes) {
    if (octets === 5 || value >= 2 ** 24 || (octets === 0 && byte === 0x80)) return null;
    value = value * 128 + (byte & 0x7f);
    octets += 1;
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
      octets = 0;
    }
  }
  return octets > 0 ? null : numbers;
}

function shiftedRight(bytes: Uint8Array, bits: number): Uint8Array {
  if (bits === 0) return bytes;
  return bytes.map((byte, index) => (byte >> bits) | ((bytes[index - 1] ?? 0) << (8 - bits)));
}
