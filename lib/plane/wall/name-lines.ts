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

/** A name on a tile: one or two lines, and whether they contain the whole name. */
export interface NameLines {
  readonly lines: readonly string[];
  readonly whole: boolean;
}

/**
 * Breaks a name into at most two lines (or one), between its parts if possible, and cuts its middle if necessary.
 *
 * @param maxEm the width of a line, as a multiple of the font size
 */
export function nameLines(name: string, maxEm: number, face: TextFace, mostLines: 1 | 2 = 2): NameLines {
  if (widthEm(name, face) <= maxEm) return { lines: [name], whole: true };
  if (mostLines === 1) return { lines: [middleEllipsis(name, maxEm, face)], whole: false };
  const characters = [...name];
  const fitting = fittingFromStart(characters, maxEm, face);
  const breaks = [...partEnds(characters, fitting), fitting];
  for (const at of breaks) {
    const rest = characters.slice(at).join('');
    if (at > 0 && widthEm(rest.trimStart(), face) <= maxEm)
      return { lines: [characters.slice(0, at).join('').trimEnd(), rest.trimStart()], whole: true };
  }
  const tail = fittingFromEnd(characters, maxEm - face.advanceEm(ELLIPSIS), face);
  return {
    lines: [
      characters.slice(0, Math.max(1, fitting)).join(''),
      `${ELLIPSIS}${tail === 0 ? '' : characters.slice(-tail).join('')}`,
    ],
    whole: false,
  };
}

/**
 * Returns where lines can end: after a separator, starting with the ends that leave the least for the second line.
 */
function partEnds(characters: readonly string[], limit: number): number[] {
  const ends: number[] = [];
  for (let at = limit; at > 1; at -= 1) if (PART_END.test(characters[at - 1] ?? '')) ends.push(at);
  return ends;
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

function fittingFromEnd(characters: readonly string[], maxEm: number, face: TextFace): number {
  return fittingFromStart(characters.toReversed(), maxEm, face);
}
