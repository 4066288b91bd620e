import { type TextFace, widthEm } from './text-face';

/** Lines of running text stand this far apart, in em. */
export const TEXT_LINE_EM = 1.2;

/** Breaks running text into lines of at most `maxEm`, between words; a word that is wider has a line of its own. */
export function wrapText(text: string, maxEm: number, face: TextFace): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthEm(longer, face) <= maxEm) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

export interface FittedText {
  readonly fontPx: number;
  readonly lines: readonly string[];
  readonly heightPx: number;
}

/**
 * The largest font up to `maxPx` in which a text fits into a box; at `minPx` it stays, whether it fits or not.
 * Tried in steps of 4 %, which nobody sees.
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
    if (fits || fontPx <= box.minPx) return { fontPx, lines, heightPx };
  }
}
