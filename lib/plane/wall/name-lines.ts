import { type TextFace, widthEm } from './text-face';

const ELLIPSIS = '…';
/** Where a name may end a line: after a separator, and between the words of `productionFrankfurt`. */
const PART_ENDS = /(?<=[-._/\s])|(?<=[\p{Ll}\p{N}])(?=\p{Lu}\p{Ll})/u;
/** Scripts without spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
/** A name that fits at none of these fractions of its font is cut. */
const SCALES = [1, 0.92, 0.85, 0.78, 0.7] as const;
const LEAST_SCALE = 0.7;

/**
 * Shortens a text to one line of at most `maxEm`. Cuts the middle, because names differ at their ends:
 * `payments-prod…eu-west-1`.
 */
export function middleEllipsis(text: string, maxEm: number, face: TextFace): string {
  if (widthEm(text, face) <= maxEm) return text;
  const characters = [...text];
  let roomEm = maxEm - face.advanceEm(ELLIPSIS);
  let head = 0;
  let tail = 0;
  for (let taken = 0; taken < characters.length; taken += 1) {
    const fromHead = taken % 2 === 0;
    const next = characters[fromHead ? head : characters.length - 1 - tail] ?? '';
    roomEm -= face.advanceEm(next);
    if (roomEm < 0) break;
    if (fromHead) head += 1;
    else tail += 1;
  }
  return `${characters.slice(0, head).join('')}${ELLIPSIS}${characters.slice(characters.length - tail).join('')}`;
}

/** A name on a tile. */
export interface NameLines {
  readonly lines: readonly string[];
  /** Whether the lines contain the whole name. */
  readonly whole: boolean;
  /** The fraction of the font size at which they fit. */
  readonly scale: number;
}

/**
 * Breaks a name into at most two lines (or one), only between its words. Shrinks it if a word doesn't fit, and cuts it
 * between words if even that isn't enough. Only a word that is wider than a line is cut itself.
 *
 * @param maxEm the width of a line, as a multiple of the full font size
 */
export function nameLines(name: string, maxEm: number, face: TextFace, mostLines: 1 | 2 = 2): NameLines {
  const totalEm = widthEm(name, face);
  if (totalEm <= maxEm) return { lines: [name], whole: true, scale: 1 };
  const parts = partsOf(name);
  for (const scale of SCALES) {
    const lineEm = maxEm / scale;
    // Names of many planes are broken, so widths that can't hold one are skipped.
    if (totalEm > lineEm * mostLines) continue;
    const lines = wholeLines(parts, lineEm, mostLines, face);
    if (lines !== null) return { lines, whole: true, scale };
  }
  const lines = cutLines(name, parts, maxEm / LEAST_SCALE, mostLines, face);
  return { lines, whole: false, scale: LEAST_SCALE };
}

function partsOf(name: string): string[] {
  return name.split(PART_ENDS).flatMap((part) => {
    if (!UNSPACED.test(part)) return [part];
    const segments = new Intl.Segmenter('ja', { granularity: 'word' }).segment(part);
    return [...segments].map(({ segment }) => segment);
  });
}

/** Returns lines that end between parts, the first one as long as possible; null if the name doesn't fit. */
function wholeLines(
  parts: readonly string[],
  maxEm: number,
  mostLines: 1 | 2,
  face: TextFace,
): string[] | null {
  const count = fittingParts(parts, maxEm, face);
  if (count === parts.length) return [parts.join('')];
  if (count === 0 || mostLines === 1) return null;
  const rest = parts.slice(count).join('').trimStart();
  return widthEm(rest, face) <= maxEm ? [parts.slice(0, count).join('').trimEnd(), rest] : null;
}

/** Keeps the first and the last parts of a name, because names differ at their ends. */
function cutLines(
  name: string,
  parts: readonly string[],
  maxEm: number,
  mostLines: 1 | 2,
  face: TextFace,
): string[] {
  if (mostLines === 1) return [middleEllipsis(name, maxEm, face)];
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  const head = fittingParts(parts, maxEm, face);
  const restEm = maxEm - face.advanceEm(ELLIPSIS);
  const tail = Math.min(parts.length - Math.max(1, head), fittingParts(parts.toReversed(), restEm, face));
  if (parts.length < 2) return [middleEllipsis(name, maxEm, face)];
  return [
    head === 0 ? middleEllipsis(first.trimEnd(), maxEm, face) : parts.slice(0, head).join('').trimEnd(),
    tail === 0
      ? middleEllipsis(`${ELLIPSIS}${last}`, maxEm, face)
      : `${ELLIPSIS}${parts.slice(-tail).join('').trimStart()}`,
  ];
}

/** Returns how many parts from the start fit on a line, not counting a space at its end. */
function fittingParts(parts: readonly string[], maxEm: number, face: TextFace): number {
  let usedEm = 0;
  let count = 0;
  for (const part of parts) {
    if (usedEm + widthEm(part.trimEnd(), face) > maxEm) break;
    usedEm += widthEm(part, face);
    count += 1;
  }
  return count;
}
