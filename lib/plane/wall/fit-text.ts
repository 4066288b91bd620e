import { type TextFace, widthEm } from './text-face';

/** The line height of running text, in em. */
export const TEXT_LINE_EM = 1.2;

/**
 * Breaks running text between words into lines of at most `maxEm`. A wider word gets a line of its own. Keeps
 * no-break spaces.
 */
function wrapText(text: string, maxEm: number, face: TextFace): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n]+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthEm(longer, face) <= maxEm) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/**
 * Wraps a text into the same number of lines, as equally long as possible, because a last line of one word looks odd.
 */
function balancedLines(text: string, maxEm: number, face: TextFace): string[] {
  const lines = wrapText(text, maxEm, face);
  if (lines.length < 2) return lines;
  let [tooNarrow, enough] = [maxEm / 2, maxEm];
  for (let step = 0; step < 8; step += 1) {
    const middle = (tooNarrow + enough) / 2;
    const tried = wrapText(text, middle, face);
    const fits = tried.length === lines.length && tried.every((line) => widthEm(line, face) <= middle);
    if (fits) enough = middle;
    else tooNarrow = middle;
  }
  return wrapText(text, enough, face);
}

export interface FittedText {
  readonly fontPx: number;
  readonly lines: readonly string[];
  readonly heightPx: number;
}

/**
 * Returns a text in the largest font up to `maxPx` that fits into a box. Stops at `minPx`, whether it fits or not.
 * Tries steps of 4 %, too small to notice.
 */
export function fitText(
  text: string,
  box: { readonly width: number; readonly height: number; readonly minPx: number; readonly maxPx: number },
  face: TextFace,
): FittedText {
  for (let fontPx = Math.max(box.minPx, box.maxPx); ; fontPx = Math.max(box.minPx, fontPx * 0.96)) {
    const maxEm = box.width / fontPx;
    const lines = wrapText(text, maxEm, face);
    const heightPx = lines.length * fontPx * TEXT_LINE_EM;
    const fits = heightPx <= box.height && lines.every((line) => widthEm(line, face) <= maxEm);
    if (fits || fontPx <= box.minPx) return { fontPx, lines: balancedLines(text, maxEm, face), heightPx };
  }
}
