import { type TextFace, widthEm } from './text-face';

const ELLIPSIS = '…';
/** A word that is wider than a line breaks after these. */
const PIECE_END = /(?<=[-./_:@,])/;

/** A sentence measured once, to be wrapped at many widths. Lengths are in em. */
export interface MeasuredReason {
  readonly words: readonly { readonly text: string; readonly em: number }[];
  readonly spaceEm: number;
  readonly face: TextFace;
}

/** Measures the words of a reason. */
export function measureReason(text: string, face: TextFace): MeasuredReason {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return {
    words: words.map((word) => ({ text: word, em: widthEm(word, face) })),
    spaceEm: face.advanceEm(' '),
    face,
  };
}

/**
 * Wraps a reason between words into at most `mostLines` lines. A longer reason ends after a word, with an ellipsis.
 *
 * @param maxEm the width of a line, as a multiple of the font size
 */
export function reasonLines(reason: MeasuredReason, maxEm: number, mostLines: number): string[] {
  if (mostLines < 1) return [];
  const lines = wrapped(reason, maxEm, mostLines);
  if (lines.length <= mostLines) return lines.map(textOf);
  const last = lines[mostLines - 1] ?? [];
  const ellipsisEm = reason.face.advanceEm(ELLIPSIS);
  while (last.length > 1 && lineEm(last, reason.spaceEm) + ellipsisEm > maxEm) last.pop();
  const end = textOf(last).replace(/[\s,;:.(]+$/, '');
  return [...lines.slice(0, mostLines - 1).map(textOf), `${end}${ELLIPSIS}`];
}

/** Returns how many lines a reason needs; counts to `mostLines + 1` at most. */
export function reasonLineCount(reason: MeasuredReason, maxEm: number, mostLines: number): number {
  return wrapped(reason, maxEm, mostLines).length;
}

/** A part of a line: a word, or a piece of one that is wider than a line. */
interface Part {
  readonly text: string;
  readonly em: number;
  /** Whether a space precedes it, unless it begins a line. */
  readonly isSpaced: boolean;
}

/** Wraps up to one line more than `mostLines`, enough to know that the reason is longer. */
function wrapped({ words, spaceEm, face }: MeasuredReason, maxEm: number, mostLines: number): Part[][] {
  const lines: Part[][] = [];
  let usedEm = 0;
  for (const word of words) {
    const parts = word.em <= maxEm ? [{ ...word, isSpaced: true }] : pieces(word.text, maxEm, face);
    for (const part of parts) {
      const line = lines.at(-1);
      const neededEm = part.em + (part.isSpaced ? spaceEm : 0);
      if (line !== undefined && usedEm + neededEm <= maxEm) {
        line.push(part);
        usedEm += neededEm;
      } else {
        if (lines.length > mostLines) return lines;
        lines.push([part]);
        usedEm = part.em;
      }
    }
  }
  return lines;
}

/** Cuts a word that is wider than a line into pieces that aren't: after separators, else between characters. */
function pieces(word: string, maxEm: number, face: TextFace): Part[] {
  return word
    .split(PIECE_END)
    .flatMap((piece) => (widthEm(piece, face) <= maxEm ? [piece] : [...piece]))
    .map((text, index) => ({ text, em: widthEm(text, face), isSpaced: index === 0 }));
}

function lineEm(line: readonly Part[], spaceEm: number): number {
  return line.reduce((sum, { em, isSpaced }, index) => sum + em + (isSpaced && index > 0 ? spaceEm : 0), 0);
}

function textOf(line: readonly Part[]): string {
  return line.map(({ text, isSpaced }, index) => (isSpaced && index > 0 ? ` ${text}` : text)).join('');
}
