import { type TextFace, widthEm } from './text-face';

const ELLIPSIS = '…';
/** Separators that end the parts of a name. */
const PART_END = /[-._/\s]/;

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

/** A name on a tile: one or two lines, the size of its letters, and whether they contain the whole name. */
export interface NameLines {
  readonly lines: readonly string[];
  /** The font size, as a share of the tile's: a long word is smaller rather than broken. */
  readonly scale: number;
  readonly whole: boolean;
}

/** The sizes that are tried. Letters smaller than the last would no longer be read from afar as the others are. */
const SCALES = [1, 0.9, 0.8, 0.7];

/**
 * Sets a name in at most two lines (or one). Lines end only between the name's parts: after a separator, before a capital
 * letter or between ideographs. A name that doesn't fit gets smaller letters, and only then loses its middle.
 *
 * @param maxEm the width of a line, as a multiple of the tile's font size
 */
export function nameLines(name: string, maxEm: number, face: TextFace, mostLines: 1 | 2 = 2): NameLines {
  for (const scale of SCALES) {
    const lines = wholeLines(name, maxEm / scale, face, mostLines);
    if (lines) return { lines, scale, whole: true };
  }
  return { lines: cutLines(name, maxEm, face, mostLines), scale: 1, whole: false };
}

/** Returns the whole name in at most two lines; null if that's impossible without breaking a word. */
function wholeLines(name: string, maxEm: number, face: TextFace, mostLines: 1 | 2): string[] | null {
  if (widthEm(name, face) <= maxEm) return [name];
  if (mostLines === 1) return null;
  const characters = [...name];
  for (const at of breaksBefore(characters, fittingFromStart(characters, maxEm, face))) {
    const rest = characters.slice(at).join('').trimStart();
    if (widthEm(rest, face) <= maxEm) return [characters.slice(0, at).join('').trimEnd(), rest];
  }
  return null;
}

/** Cuts the middle of the name, of its second line if it has a first that ends between parts. */
function cutLines(name: string, maxEm: number, face: TextFace, mostLines: 1 | 2): string[] {
  const characters = [...name];
  const [at] = mostLines === 1 ? [] : breaksBefore(characters, fittingFromStart(characters, maxEm, face));
  if (at === undefined) return [middleEllipsis(name, maxEm, face)];
  const rest = characters.slice(at).join('').trimStart();
  return [characters.slice(0, at).join('').trimEnd(), middleEllipsis(rest, maxEm, face)];
}

/** Returns where a line can end, starting with the ends that leave the least for the second line. */
function breaksBefore(characters: readonly string[], limit: number): number[] {
  const ends: number[] = [];
  for (let at = limit; at > 0; at -= 1)
    if (isBreak(characters[at - 1] ?? '', characters[at] ?? '')) ends.push(at);
  return ends;
}

/** Ideographs, kana and Hangul, between which any line may end. */
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function isBreak(before: string, after: string): boolean {
  if (PART_END.test(before)) return true;
  if (WITHOUT_BLANKS.test(before) && WITHOUT_BLANKS.test(after)) return true;
  return /\p{Ll}|\p{N}/u.test(before) && /\p{Lu}/u.test(after);
}

function fittingFromStart(characters: readonly string[], maxEm: number, face: TextFace): number {
  let width = 0;
  let count = 0;
  for (const character of characters) {
    width += face.advanceEm(character);
    if (width > maxEm) break;
    count += 1;
  }
  return count;
}
