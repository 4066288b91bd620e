import type { PemBlock } from './pem-blocks';
import { pemParts } from './pem-parts';
import { labelProblem, pemProblem } from './unreadable-block';

/** A part of a bundle's text. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** A certificate that the gateway reads. */
export interface BundledCertificate<Parsed> extends Place {
  readonly kind: 'certificate';
  /** Its position among the blocks that hold or should hold a certificate, from 1. */
  readonly position: number;
  readonly der: Uint8Array;
  readonly parsed: Parsed;
}

/** A block that should hold a certificate, and that the gateway skips. */
export interface UnreadablePart extends Place {
  readonly kind: 'unreadable';
  readonly position: number;
  readonly label: string;
  /** The line of the text, from 1. */
  readonly line: number;
  /** The end of a sentence about it: `its serial number is negative`. Never repeats the text. */
  readonly problem: string;
  /** Go's reason if the block is PEM, but its content no certificate. */
  readonly goError?: string;
}

/** Anything else. The gateway ignores it. */
export interface OtherPart extends Place {
  readonly kind: 'private-key' | 'other-block' | 'text';
  readonly label: string;
}

export type BundlePart<Parsed> = BundledCertificate<Parsed> | UnreadablePart | OtherPart;

/** What a text holds in place of a CA. */
export interface Bundle<Parsed> {
  /** All parts in order. Together they are the whole text. */
  readonly parts: readonly BundlePart<Parsed>[];
  /** Those that the gateway reads, in order, each once. */
  readonly certificates: readonly BundledCertificate<Parsed>[];
  readonly unreadable: readonly UnreadablePart[];
  /** The number of blocks that hold or should hold a certificate; one that is repeated counts once. */
  readonly count: number;
}

/** The result of parsing a block's content. `problem` is the end of a sentence. */
export type ParsedContent<Parsed> =
  | { readonly parsed: Parsed }
  | { readonly problem: string; readonly goError?: string };

/**
 * Splits a CA's text into what the gateway reads, what it skips without a word, and everything else.
 *
 * @param parse reads the content of a CERTIFICATE block, DER
 */
export function splitBundle<Parsed>(
  text: string,
  parse: (der: Uint8Array) => ParsedContent<Parsed>,
): Bundle<Parsed> {
  const parts: BundlePart<Parsed>[] = [];
  const certificates = new Map<string, BundledCertificate<Parsed>>();
  const unreadable: UnreadablePart[] = [];
  let line = 1;
  let lineAt = 0;
  for (const part of pemParts(text)) {
    line += text.slice(lineAt, part.from).split('\n').length - 1;
    lineAt = part.from;
    const place = { from: part.from, to: part.to };
    if (part.kind === 'text') {
      parts.push({ kind: 'text', label: '', ...place });
      continue;
    }
    const { label } = part;
    if (!isCertificateLabel(label)) {
      parts.push({ kind: /PRIVATE KEY$/.test(label) ? 'private-key' : 'other-block', label, ...place });
      continue;
    }
    const position = certificates.size + unreadable.length + 1;
    const read = part.kind === 'block' ? readBlock(part.block, parse) : { problem: pemProblem(part.fault) };
    if ('parsed' in read) {
      const id = read.der.join();
      const known = certificates.get(id);
      const certificate = {
        kind: 'certificate' as const,
        position: known?.position ?? position,
        ...read,
        ...place,
      };
      parts.push(certificate);
      if (!known) certificates.set(id, certificate);
    } else {
      const block = { kind: 'unreadable' as const, position, label, line, ...read, ...place };
      parts.push(block);
      unreadable.push(block);
    }
  }
  return {
    parts,
    certificates: [...certificates.values()],
    unreadable,
    count: certificates.size + unreadable.length,
  };
}

/** Labels of blocks that hold certificates, of which the gateway reads only the first. */
function isCertificateLabel(label: string): boolean {
  return /^(?:(?:TRUSTED |X509 )?CERTIFICATE|PKCS7|PKCS #7 SIGNED DATA|CMS)$/i.test(label);
}

function readBlock<Parsed>(
  { label, hasHeaders, bytes }: PemBlock,
  parse: (der: Uint8Array) => ParsedContent<Parsed>,
):
  | { readonly der: Uint8Array; readonly parsed: Parsed }
  | { readonly problem: string; readonly goError?: string } {
  if (label !== 'CERTIFICATE') return { problem: labelProblem(label) };
  if (hasHeaders) return { problem: pemProblem('headers') };
  const content = parse(bytes);
  return 'parsed' in content ? { der: bytes, parsed: content.parsed } : content;
}

/**
 * Splits a text by its form alone, without parsing the certificates, for browsers: the server's answer has the rest.
 */
export function outlineBundle(text: string): Bundle<null> {
  return splitBundle(text, () => ({ parsed: null }));
}
