import { CertificateError } from './der-reader';
import { type ParsedCertificate, parseCertificate } from './parse-certificate';
import type { PemBlock } from './pem-blocks';
import { pemParts } from './pem-parts';
import { certificateProblem, labelProblem, pemProblem } from './unreadable-block';

/** A part of a bundle's text. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** A certificate that the gateway reads. */
export interface BundledCertificate extends Place {
  readonly kind: 'certificate';
  /** Its position among the blocks that hold or should hold a certificate, from 1. */
  readonly position: number;
  readonly der: Uint8Array;
  readonly parsed: ParsedCertificate;
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

export type BundlePart = BundledCertificate | UnreadablePart | OtherPart;

/** What a text holds in place of a CA. */
export interface Bundle {
  /** All parts in order. Together they are the whole text. */
  readonly parts: readonly BundlePart[];
  /** Those that the gateway reads, in order, each once. */
  readonly certificates: readonly BundledCertificate[];
  readonly unreadable: readonly UnreadablePart[];
  /** The number of blocks that hold or should hold a certificate; one that is repeated counts once. */
  readonly count: number;
}

/**
 * Reads a CA's text exactly as the gateway does (`x509.CertPool.AppendCertsFromPEM` of Go), and names what the gateway
 * skips without a word.
 */
export function readBundle(text: string): Bundle {
  const parts: BundlePart[] = [];
  const certificates = new Map<string, BundledCertificate>();
  const unreadable: UnreadablePart[] = [];
  for (const part of pemParts(text)) {
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
    const read = part.kind === 'block' ? readBlock(part.block) : { problem: pemProblem(part.fault) };
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
      const line = text.slice(0, part.from).split('\n').length;
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

function readBlock({
  label,
  hasHeaders,
  bytes,
}: PemBlock):
  | { readonly der: Uint8Array; readonly parsed: ParsedCertificate }
  | { readonly problem: string; readonly goError?: string } {
  if (label !== 'CERTIFICATE') return { problem: labelProblem(label) };
  if (hasHeaders) return { problem: pemProblem('headers') };
  try {
    return { der: bytes, parsed: parseCertificate(bytes) };
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return { problem: certificateProblem(error.message), goError: error.message };
  }
}

/** Returns whether a certificate in the gateway's bundle may have issued others. Version 1 can't say, so Go trusts it. */
export function maySign({ version, isCa }: ParsedCertificate): boolean {
  return version < 3 || isCa === true;
}
