import { fontForCapPx, type TextFace, widthEm } from './text-face';

/** A count as it will be written. */
export interface CountText {
  readonly count: string;
  readonly word: string;
}

export interface CountLayout {
  readonly fontPx: number;
  readonly wordPx: number;
  readonly shapePx: number;
  readonly columns: number;
  readonly rows: number;
  readonly heightPx: number;
}

/** Capitals of the counts, in parts of the screen's height: never below the first, and as large as they fit. */
export const MIN_COUNT_CAP = 0.05;
const CAPS = [0.078, 0.07, 0.062, 0.055, MIN_COUNT_CAP];
/** The word below a count, in parts of the count's font: the smaller one before a second row is begun. */
const WORDS_OF_COUNT = [0.4, 0.32];
/** Parts of a cell: between shape and text, and between two cells, in parts of the count's font. */
const CELL_EM = { shape: 0.8, gap: 0.28, between: 0.5 };
const LINE_EM = 1.02;
const WORD_LINE_EM = 1.25;

/**
 * How large the counts by state can be, so that all of them stand in one row; when even the smallest do not, they take
 * more rows, as full as each other, rather than become smaller.
 *
 * @param width of the row in pixels; @param screenHeight in pixels
 */
export function countLayout(
  texts: readonly CountText[],
  width: number,
  screenHeight: number,
  face: TextFace,
): CountLayout {
  for (const cap of CAPS) {
    const fontPx = fontForCapPx(cap * screenHeight, face);
    for (const wordEm of WORDS_OF_COUNT) {
      const neededEm = texts.reduce((sum, text) => sum + cellEm(text, wordEm, face), -CELL_EM.between);
      if (neededEm * fontPx <= width) return laidOut(fontPx, wordEm, texts.length, texts.length);
    }
  }
  const fontPx = fontForCapPx(MIN_COUNT_CAP * screenHeight, face);
  const [wordEm = 0.32] = WORDS_OF_COUNT.slice(-1);
  const widestPx = Math.max(0, ...texts.map((text) => cellEm(text, wordEm, face))) * fontPx;
  const most = Math.max(1, Math.floor((width + CELL_EM.between * fontPx) / widestPx));
  const rows = Math.ceil(texts.length / most);
  return laidOut(fontPx, wordEm, Math.ceil(texts.length / rows), texts.length);
}

function cellEm({ count, word }: CountText, wordEm: number, face: TextFace): number {
  return (
    CELL_EM.shape +
    CELL_EM.gap +
    Math.max(widthEm(count, face), widthEm(word, face) * wordEm) +
    CELL_EM.between
  );
}

function laidOut(fontPx: number, wordEm: number, columns: number, cells: number): CountLayout {
  const wordPx = fontPx * wordEm;
  const rows = Math.ceil(cells / Math.max(1, columns));
  return {
    fontPx,
    wordPx,
    shapePx: fontPx * CELL_EM.shape,
    columns,
    rows,
    heightPx: rows * (fontPx * LINE_EM + wordPx * WORD_LINE_EM),
  };
}
