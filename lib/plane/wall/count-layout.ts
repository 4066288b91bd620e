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
const WORD_OF_COUNT = 0.4;
/** Parts of a cell: between shape and text, and between two cells, in parts of the count's font. */
const CELL_EM = { shape: 0.8, gap: 0.28, between: 0.5 };
const LINE_EM = 1.02;
const WORD_LINE_EM = 1.25;

/**
 * How large the counts by state can be, so that all of them stand in one row; when even the smallest do not, they take
 * more rows rather than become smaller.
 *
 * @param width of the row in pixels; @param screenHeight in pixels
 */
export function countLayout(
  texts: readonly CountText[],
  width: number,
  screenHeight: number,
  face: TextFace,
): CountLayout {
  const cellEm = Math.max(
    0,
    ...texts.map(({ count, word }) => {
      const textEm = Math.max(widthEm(count, face), widthEm(word, face) * WORD_OF_COUNT);
      return CELL_EM.shape + CELL_EM.gap + textEm + CELL_EM.between;
    }),
  );
  for (const cap of CAPS) {
    const fontPx = fontForCapPx(cap * screenHeight, face);
    if (cellEm * fontPx * texts.length <= width) return laidOut(fontPx, texts.length, texts.length);
  }
  const fontPx = fontForCapPx(MIN_COUNT_CAP * screenHeight, face);
  const columns = Math.max(1, Math.min(texts.length, Math.floor(width / (cellEm * fontPx))));
  return laidOut(fontPx, columns, texts.length);
}

function laidOut(fontPx: number, columns: number, cells: number): CountLayout {
  const wordPx = fontPx * WORD_OF_COUNT;
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
