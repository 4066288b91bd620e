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
  const { parts, totalEm } = measuredName(name, face);
  if (totalEm <= maxEm) return { lines: [name], whole: true, scale: 1 };
  for (const scale of SCALES) {
    const lineEm = maxEm / scale;
    // Names of many planes are broken, so widths that can't hold one are skipped.
    if (totalEm > lineEm * mostLines) continue;
    const lines = wholeLines(parts, lineEm, mostLines);
    if (lines !== null) return { lines, whole: true, scale };
  }
  const lines = cutLines(name, parts, maxEm / LEAST_SCALE, mostLines, face);
  return { lines, whole: false, scale: LEAST_SCALE };
}

/** A part of a name, with its width, and that without a space at its end. */
interface Part {
  readonly text: string;
  readonly em: number;
  readonly trimmedEm: number;
}

interface MeasuredName {
  readonly parts: readonly Part[];
  readonly totalEm: number;
}

/** A layout asks for the same names at many widths. */
const measuredNames = new WeakMap<TextFace, Map<string, MeasuredName>>();
const MAX_MEASURED = 20_000;

function measuredName(name: string, face: TextFace): MeasuredName {
  const names = measuredNames.get(face) ?? new Map<string, MeasuredName>();
  measuredNames.set(face, names);
  const known = names.get(name);
  if (known) return known;
  const parts = partsOf(name).map((text) => ({
    text,
    em: widthEm(text, face),
    trimmedEm: widthEm(text.trimEnd(), face),
  }));
  const measured = { parts, totalEm: parts.reduce((sum, { em }) => sum + em, 0) };
  if (names.size >= MAX_MEASURED) names.clear();
  names.set(name, measured);
  return measured;
}

function partsOf(name: string): string[] {
  return name.split(PART_ENDS).flatMap((part) => {
    if (!UNSPACED.test(part)) return [part];
    const segments = new Intl.Segmenter('ja', { granularity: 'word' }).segment(part);
    return [...segments].map(({ segment }) => segment);
  });
}

/** Returns lines that end between parts, the first one as long as possible; null if the name doesn't fit. */
function wholeLines(parts: readonly Part[], maxEm: number, mostLines: 1 | 2): string[] | null {
  const count = fittingParts(parts, maxEm);
  if (count === parts.length) return [textOf(parts)];
  if (count === 0 || mostLines === 1) return null;
  const rest = parts.slice(count);
  return fittingParts(rest, maxEm) === rest.length ? [textOf(parts.slice(0, count)), textOf(rest)] : null;
}

/** Keeps the first and the last parts of a name, because names differ at their ends. */
function cutLines(
  name: string,
  parts: readonly Part[],
  maxEm: number,
  mostLines: 1 | 2,
  face: TextFace,
): string[] {
  if (mostLines === 1 || parts.length < 2) return [middleEllipsis(name, maxEm, face)];
  const head = fittingParts(parts, maxEm);
  const restEm = maxEm - face.advanceEm(ELLIPSIS);
  const tail = Math.min(parts.length - Math.max(1, head), fittingParts(parts.toReversed(), restEm));
  return [
    head === 0 ? middleEllipsis(textOf(parts.slice(0, 1)), maxEm, face) : textOf(parts.slice(0, head)),
    tail === 0
      ? middleEllipsis(`${ELLIPSIS}${textOf(parts.slice(-1))}`, maxEm, face)
      : `${ELLIPSIS}${textOf(parts.slice(-tail))}`,
  ];
}

function textOf(parts: readonly Part[]): string {
  return parts
    .map(({ text }) => text)
    .join('')
    .trim();
}

/** Returns how many parts from the start fit on a line, not counting a space at its end. */
function fittingParts(parts: readonly Part[], maxEm: number): number {
  let usedEm = 0;
  let count = 0;
  for (const { em, trimmedEm } of parts) {
    if (usedEm + trimmedEm > maxEm) break;
    usedEm += em;
    count += 1;
  }
  return count;
}
