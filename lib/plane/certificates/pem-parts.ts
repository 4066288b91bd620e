import { type PemBlock, pemBlocks } from './pem-blocks';

/** Why Go doesn't read text that looks like a PEM block. */
export type PemFault =
  | 'no-end'
  | 'no-begin'
  | 'joined'
  | 'blank-before-begin'
  | 'text-before-begin'
  | 'text-after-begin'
  | 'end-in-line'
  | 'text-after-end'
  | 'other-end'
  | 'dashes'
  | 'base64'
  | 'headers';

/** A piece of a text. The pieces follow each other without gaps, so together they are the text. */
export type PemPart =
  /** Anything between blocks: comments, blank lines. */
  | { readonly kind: 'text'; readonly from: number; readonly to: number }
  /** A block that Go reads. */
  | {
      readonly kind: 'block';
      readonly from: number;
      readonly to: number;
      readonly label: string;
      readonly block: PemBlock;
    }
  /** What looks like a block, but isn't one for Go. */
  | {
      readonly kind: 'broken';
      readonly from: number;
      readonly to: number;
      readonly label: string;
      readonly fault: PemFault;
    };

/** Splits a text into the blocks that Go reads, those that it silently skips, and what is between them. */
export function pemParts(text: string): PemPart[] {
  const parts: PemPart[] = [];
  let at = 0;
  for (const block of pemBlocks(text)) {
    parts.push(...partsOfGap(text, at, block.from));
    parts.push({ kind: 'block', from: block.from, to: block.to, label: block.label, block });
    at = block.to;
  }
  return [...parts, ...partsOfGap(text, at, text.length)];
}

/** A BEGIN or END line, or something that is meant to be one. */
export interface PemMarker {
  readonly type: 'BEGIN' | 'END';
  readonly label: string;
  /** Whether its dashes and blanks are exactly those of PEM. */
  readonly isExact: boolean;
  readonly from: number;
  readonly to: number;
}

const MARKER =
  /[-\u2010-\u2015]{2,9}[ \u00a0]?(BEGIN|END)[ \u00a0]([A-Za-z0-9][A-Za-z0-9# \u00a0]{0,40}?)[ \u00a0]?(?:[-\u2010-\u2015]{1,5}|(?=[\r\n]|$))/g;

/** Finds all lines that are, or are meant to be, the first or last of a PEM block. */
export function pemMarkers(text: string): PemMarker[] {
  return [...text.matchAll(MARKER)].map((match) => {
    const type = match[1] === 'END' ? 'END' : 'BEGIN';
    const label = (match[2] ?? '').replace(/[ \u00a0]+/g, ' ').trim();
    const isExact = match[0] === `-----${type} ${match[2]}-----` && !/\u00a0/.test(match[0]);
    return { type, label, isExact, from: match.index, to: match.index + match[0].length };
  });
}

function partsOfGap(text: string, from: number, to: number): PemPart[] {
  const gap = text.slice(from, to);
  const broken = brokenBlocks(gap);
  const parts: PemPart[] = [];
  let at = 0;
  for (const part of broken) {
    if (part.from > at) parts.push({ kind: 'text', from: from + at, to: from + part.from });
    parts.push({ ...part, from: from + part.from, to: from + part.to });
    at = part.to;
  }
  if (gap.length > at) parts.push({ kind: 'text', from: from + at, to });
  return parts;
}

type BrokenPart = Extract<PemPart, { kind: 'broken' }>;

/** Pairs the markers of a text in which Go reads no block. */
function brokenBlocks(text: string): BrokenPart[] {
  const parts: BrokenPart[] = [];
  const markers = pemMarkers(text);
  for (let index = 0; index < markers.length; index += 1) {
    const first = markers[index];
    const second = markers[index + 1];
    if (!first) continue;
    const { label } = first;
    const floor = parts.at(-1)?.to ?? 0;
    if (first.type === 'END') {
      const from = base64Before(text, first.from, floor);
      const to = Math.min(lineEnd(text, first.to), second?.from ?? text.length);
      parts.push({ kind: 'broken', from, to, label, fault: 'no-begin' });
    } else if (second?.type !== 'END') {
      const to = base64Behind(text, first.to, second?.from ?? text.length);
      parts.push({ kind: 'broken', from: first.from, to, label, fault: 'no-end' });
    } else {
      const fault = faultOf(text, first, second);
      parts.push({ kind: 'broken', from: first.from, to: blankEnd(text, second.to), label, fault });
      index += 1;
    }
  }
  return parts;
}

/** Returns whether a line ends with an END marker. A pattern would take quadratic time for many of them. */
export function endsWithMarker(line: string): boolean {
  const trimmed = line.trimEnd();
  const at = trimmed.indexOf('-----END ');
  return at >= 0 && trimmed.endsWith('-----') && trimmed.length >= at + '-----END -----'.length;
}

/** As much of a line as is looked at to tell what precedes BEGIN: more than any marker and the blanks behind it. */
const LOOKED_BACK = 200;

function faultOf(text: string, begin: PemMarker, end: PemMarker): PemFault {
  if (!begin.isExact || !end.isExact) return 'dashes';
  const floor = Math.max(0, begin.from - LOOKED_BACK);
  const before = text.slice(lineStart(text, begin.from, floor), begin.from);
  if (endsWithMarker(before)) return 'joined';
  if (before !== '') return ONLY_BLANKS.test(before) ? 'blank-before-begin' : 'text-before-begin';
  if (!isBlank(restOfLine(text, begin.to))) return 'text-after-begin';
  if (text[end.from - 1] !== '\n') return 'end-in-line';
  if (begin.label !== end.label) return 'other-end';
  const behind = restOfLine(text, end.to);
  if (!isBlank(behind)) return /^[ \t]*-----BEGIN /.test(behind) ? 'joined' : 'text-after-end';
  return text.slice(begin.to, end.from).includes(':') ? 'headers' : 'base64';
}

/** Blanks of all kinds, byte order marks, zero-width characters. */
const ONLY_BLANKS = /^[\s\u00ad\u200b-\u200d\u2060]*$/;

/** Go skips nothing else at the end of a line. */
function isBlank(text: string): boolean {
  return /^[ \t]*\r?$/.test(text);
}

function restOfLine(text: string, from: number): string {
  const breakAt = text.indexOf('\n', from);
  return text.slice(from, breakAt === -1 ? text.length : breakAt);
}

/** Returns where the next line begins. */
function lineEnd(text: string, from: number): number {
  const breakAt = text.indexOf('\n', from);
  return breakAt === -1 ? text.length : breakAt + 1;
}

/** Returns where a line begins, and looks no further back than the floor, so that many markers take linear time. */
function lineStart(text: string, from: number, floor: number): number {
  let at = from;
  while (at > floor && text[at - 1] !== '\n') at -= 1;
  return at;
}

/** Returns where the next line begins if only blanks are left on this one. */
function blankEnd(text: string, from: number): number {
  return isBlank(restOfLine(text, from)) ? lineEnd(text, from) : from;
}

const BASE64_LINE = /^[A-Za-z0-9+/= \t]*\r?$/;

/** Returns where lines of base64 end that follow a BEGIN. */
function base64Behind(text: string, from: number, limit: number): number {
  let at = Math.min(lineEnd(text, from), limit);
  while (at < limit) {
    const line = restOfLine(text, at);
    if (!BASE64_LINE.test(line) || line.trim() === '') break;
    at = Math.min(lineEnd(text, at), limit);
  }
  return at;
}

/** Returns where lines of base64 begin that precede an END. */
function base64Before(text: string, from: number, floor: number): number {
  let at = lineStart(text, from, floor);
  while (at > floor) {
    const previous = lineStart(text, at - 1, floor);
    const line = text.slice(previous, at - 1);
    if (!BASE64_LINE.test(line) || line.trim() === '') break;
    at = previous;
  }
  return at;
}
