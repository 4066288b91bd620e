import 'server-only';
import { otherContents } from '@/lib/plane/certificates/other-contents';
import { type ReadCertificate, readBundle } from '@/lib/plane/certificates/read-bundle';
import type { BundlePart } from '@/lib/plane/certificates/split-bundle';
import { unreadableSentence } from '@/lib/plane/certificates/unreadable-block';
import { decodedPem } from '@/lib/plane/credentials/correct-material';
import { fingerprintOf } from '@/lib/server/certificates/certificate-detail';
import { pemOf } from '@/lib/server/certificates/pem-certificates';

type Part = BundlePart<ReadCertificate['parsed']>;

/** A stored CA that is changed without losing what else is stored with it. */
export class BundleEdit {
  private readonly bundle;

  /** @param text what is stored: PEM, and whatever else is there */
  constructor(private readonly text: string) {
    this.bundle = readBundle(text);
  }

  /** The certificates that the gateway reads, in order, each once. */
  get certificates(): readonly ReadCertificate[] {
    return this.bundle.certificates;
  }

  /** Sentences about what should be a certificate and can't be read, with the line where it begins. */
  get unreadable(): string[] {
    const { unreadable, count } = this.bundle;
    if (count === 0 && decodedPem(this.text) !== null)
      return ["The stored text is base64 of PEM, which the gateway doesn't decode."];
    return unreadable.map((block) => `Line ${block.line}: ${unreadableSentence(block, count)}`);
  }

  /** Returns what is stored beside certificates, for a list: `a private key`, `2 lines of other text`. */
  get others(): string[] {
    return otherContents(this.text, this.bundle);
  }

  /**
   * Returns the text without some certificates, and without unreadable ones if `dropsUnreadable`. Everything else stays
   * as it is, character for character.
   */
  keeping(isKept: (certificate: ReadCertificate) => boolean, dropsUnreadable: boolean): string {
    const isWhollyUnreadable = this.bundle.count === 0 && this.unreadable.length > 0;
    if (isWhollyUnreadable) return dropsUnreadable ? '' : this.text;
    return this.textOf((part) => {
      if (part.kind === 'certificate') return isKept(part);
      return part.kind !== 'unreadable' || !dropsUnreadable;
    });
  }

  /** Returns only the certificates that are kept and, unless they are dropped, the unreadable ones. */
  only(isKept: (certificate: ReadCertificate) => boolean, dropsUnreadable: boolean): string {
    return this.textOf((part) => {
      if (part.kind === 'certificate') return isKept(part);
      return part.kind === 'unreadable' && !dropsUnreadable;
    });
  }

  private textOf(isKept: (part: Part) => boolean): string {
    return this.bundle.parts
      .filter(isKept)
      .map(({ from, to }) => this.text.slice(from, to))
      .join('');
  }
}

/** Appends certificates on lines of their own, those that aren't stored yet. */
export function withAppended(text: string, certificates: readonly ReadCertificate[]): string {
  const stored = new Set(fingerprintsIn(text));
  const added = certificates.filter(({ der }) => !stored.has(fingerprintOf(der)));
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  return added.length === 0 ? text : text + separator + added.map(({ der }) => pemOf(der)).join('');
}

/** Returns the fingerprints of the certificates that the gateway reads in a text. */
export function fingerprintsIn(text: string): string[] {
  return readBundle(text).certificates.map(({ der }) => fingerprintOf(der));
}
