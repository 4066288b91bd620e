import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A text, and what Go's own parsers read in it. `go/main.go` writes the corpus. */
export interface CorpusText {
  readonly name: string;
  readonly text: string;
  /** The blocks that Go's `pem.Decode` finds, in order. */
  readonly blocks: readonly CorpusBlock[];
}

export interface CorpusBlock {
  readonly label: string;
  readonly headers?: boolean;
  /** The digest of a certificate that Go's `x509.ParseCertificate` accepts. */
  readonly sha256?: string;
  /** Go's reason to reject it. */
  readonly error?: string;
  readonly version?: number;
  /** Milliseconds since the epoch. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly isCa?: boolean;
  readonly selfIssued?: boolean;
  readonly unhandledCritical?: number;
}

export function certificateCorpus(): CorpusText[] {
  return JSON.parse(readFileSync(fileURLToPath(new URL('./corpus.json', import.meta.url)), 'utf8'));
}

/** @throws Error when the corpus has no text of that name */
export function corpusText(name: string): string {
  const found = certificateCorpus().find((one) => one.name === name);
  if (!found) throw new Error(`The corpus has no text "${name}".`);
  return found.text;
}
