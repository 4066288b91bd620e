import { bytesOfBase64 } from './strict-base64';

/** A block that Go's `pem.Decode` reads, with its place in the text. */
export interface PemBlock {
  readonly label: string;
  /** Whether lines such as `Proc-Type: 4,ENCRYPTED` precede the base64. */
  readonly hasHeaders: boolean;
  readonly bytes: Uint8Array;
  /** Offset of the first `-` of its BEGIN line. */
  readonly from: number;
  /** Offset behind its END line, line break included. */
  readonly to: number;
}

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';

/**
 * Returns the PEM blocks of a text, by the rules of Go's `pem.Decode`, which the gateway uses: BEGIN and END at the
 * beginning of a line with nothing but blanks behind them, the same label in both, and base64 without errors. It skips
 * everything else without a word, so a block that isn't here is one that the gateway doesn't see.
 */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  for (let from = 0; from < text.length; ) {
    const block = nextBlock(text, from);
    if (block === null) break;
    blocks.push(block);
    from = block.to;
  }
  return blocks;
}

/** Finds the first END line, then the last BEGIN before it, so that a BEGIN without an END hides no later block. */
function nextBlock(text: string, start: number): PemBlock | null {
  let from = start;
  while (from <= text.length) {
    const endAt = text.indexOf(END, from);
    if (endAt === -1) return null;
    const behindEnd = endAt + END.length;
    const beginAt = text.slice(from, endAt).lastIndexOf(BEGIN);
    if (beginAt >= 0 && (beginAt === 0 || text[from + beginAt - 1] === '\n')) {
      const block = blockAt(text, from + beginAt, endAt);
      if (block === 'none') return null;
      if (block !== null) return block;
    }
    from = behindEnd;
  }
  return null;
}

/** @returns null if the text between BEGIN and END is no block; `none` if it ends before it could be one */
function blockAt(text: string, beginAt: number, endAt: number): PemBlock | 'none' | null {
  const first = lineAt(text, beginAt + BEGIN.length);
  if (!first.line.endsWith(DASHES)) return null;
  const label = first.line.slice(0, -DASHES.length);
  let bodyAt = first.next;
  let hasHeaders = false;
  for (;;) {
    if (bodyAt >= text.length) return 'none';
    const { line, next } = lineAt(text, bodyAt);
    if (!line.includes(':')) break;
    hasHeaders = true;
    bodyAt = next;
  }
  // Headers that reach beyond the END line leave no body; beyond its label, Go gives up on the rest of the text.
  if (hasHeaders && endAt < bodyAt) return endAt + END.length < bodyAt ? 'none' : null;
  const last = lineAt(text, endAt + 1);
  const endLabel = `-----END ${label}${DASHES}`;
  if (!text.startsWith(endLabel, endAt + 1)) return null;
  if (last.line !== endLabel) return null;
  const bytes =
    endAt > bodyAt ? bytesOfBase64(text.slice(bodyAt, endAt).replace(/[ \t]/g, '')) : new Uint8Array();
  return bytes === null ? null : { label, hasHeaders, bytes, from: beginAt, to: last.next };
}

/** Returns a line without the blanks at its end, and where the next one begins. */
function lineAt(text: string, from: number): { readonly line: string; readonly next: number } {
  const breakAt = text.indexOf('\n', from);
  const end = breakAt === -1 ? text.length : breakAt;
  let lineEnd = breakAt > from && text[breakAt - 1] === '\r' ? end - 1 : end;
  // No pattern: `[ \t]+$` takes quadratic time for blanks within a line.
  while (lineEnd > from && (text[lineEnd - 1] === ' ' || text[lineEnd - 1] === '\t')) lineEnd -= 1;
  return {
    line: text.slice(from, lineEnd),
    next: breakAt === -1 ? text.length : breakAt + 1,
  };
}
