import { countCapPx, leastTextPx, type Screen } from './letter-sizes';
import { fontForCapPx, type TextFace, widthEm } from './text-face';

/** The texts of a count. */
export interface CountText {
  readonly count: string;
  readonly label: string;
}

export interface CountLayout {
  readonly fontPx: number;
  readonly labelPx: number;
  readonly shapePx: number;
  readonly shapeGapPx: number;
  readonly columnGapPx: number;
  readonly columns: number;
  readonly rows: number;
  readonly heightPx: number;
}

/**
 * The cap heights to try for counts, as fractions of the screen's shorter side, largest first and never below the minimum.
 */
const MIN_COUNT_CAP = 0.05;
const CAPS = [0.078, 0.07, 0.062, 0.055, MIN_COUNT_CAP];
/**
 * The label sizes to try, as fractions of the count's font. The smaller ones are tried before another row is added.
 */
const LABEL_SIZES = [0.4, 0.32, 0.25];
/** The shape, the gap after it and the gap between cells, as fractions of the count's font. */
const CELL_EM = { shape: 0.74, gap: 0.22, between: 0.45 };
const LINE_EM = 1.02;
const LABEL_LINE_EM = 1.25;

/**
 * Returns the largest layout that fits all counts by state into one row. If even the smallest font doesn't fit, the
 * counts take more rows, evenly filled, instead of getting smaller.
 *
 * @param width of the row in pixels
 */
export function countLayout(
  texts: readonly CountText[],
  width: number,
  screen: Screen,
  face: TextFace,
): CountLayout {
  /** Labels never get smaller than the smallest text. */
  const labelEms = (fontPx: number) =>
    LABEL_SIZES.map((em) => Math.max(em, leastTextPx(screen, face) / fontPx));
  const fits = (fontPx: number, labelEm: number, columns: number) =>
    columnsEm(texts, columns, labelEm, face) * fontPx <= width;
  for (const cap of CAPS) {
    const fontPx = fontForCapPx(countCapPx(screen, cap), face);
    const labelEm = labelEms(fontPx)
      .slice(0, 2)
      .find((em) => fits(fontPx, em, texts.length));
    if (labelEm !== undefined) return laidOut(fontPx, labelEm, texts.length, texts.length);
  }
  const fontPx = fontForCapPx(countCapPx(screen, MIN_COUNT_CAP), face);
  const [smallestEm = 0.25] = labelEms(fontPx).slice(-1);
  for (let rows = 1; rows < texts.length; rows += 1) {
    const columns = Math.ceil(texts.length / rows);
    const labelEm = labelEms(fontPx).find((em) => fits(fontPx, em, columns));
    if (labelEm !== undefined) return laidOut(fontPx, labelEm, columns, texts.length);
  }
  return laidOut(fontPx, smallestEm, 1, texts.length);
}

/** Returns the width of all columns together. Each is as wide as its widest cell. */
function columnsEm(texts: readonly CountText[], columns: number, labelEm: number, face: TextFace): number {
  const widths = Array.from({ length: columns }, () => 0);
  for (const [index, { count, label }] of texts.entries()) {
    const cell = Math.max(CELL_EM.shape + CELL_EM.gap + widthEm(count, face), widthEm(label, face) * labelEm);
    widths[index % columns] = Math.max(widths[index % columns] ?? 0, cell);
  }
  return widths.reduce((sum, width) => sum + width + CELL_EM.between, -CELL_EM.between);
}

function laidOut(fontPx: number, labelEm: number, columns: number, cells: number): CountLayout {
  const labelPx = fontPx * labelEm;
  const rows = Math.ceil(cells / Math.max(1, columns));
  return {
    fontPx,
    labelPx,
    shapePx: fontPx * CELL_EM.shape,
    shapeGapPx: fontPx * CELL_EM.gap,
    columnGapPx: fontPx * CELL_EM.between,
    columns,
    rows,
    heightPx: rows * (fontPx * LINE_EM + labelPx * LABEL_LINE_EM),
  };
}
