import { fontForCapPx, type TextFace, widthEm } from './text-face';

/** A count as it will be written. */
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

/** Capitals of the counts, in parts of the screen's height: never below the first, and as large as they fit. */
export const MIN_COUNT_CAP = 0.05;
const CAPS = [0.078, 0.07, 0.062, 0.055, MIN_COUNT_CAP];
/** The size of the label below a count, in parts of the count's font. The smaller sizes are tried before another row is added. */
const LABEL_SIZES = [0.4, 0.32, 0.25];
/** Parts of a cell: the shape, the gap behind it, and that between two cells, in parts of the count's font. */
const CELL_EM = { shape: 0.74, gap: 0.22, between: 0.45 };
const LINE_EM = 1.02;
const LABEL_LINE_EM = 1.25;

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
  const fits = (fontPx: number, labelEm: number, columns: number) =>
    columnsEm(texts, columns, labelEm, face) * fontPx <= width;
  for (const cap of CAPS) {
    const fontPx = fontForCapPx(cap * screenHeight, face);
    const labelEm = LABEL_SIZES.slice(0, 2).find((em) => fits(fontPx, em, texts.length));
    if (labelEm !== undefined) return laidOut(fontPx, labelEm, texts.length, texts.length);
  }
  const fontPx = fontForCapPx(MIN_COUNT_CAP * screenHeight, face);
  const [smallestEm = 0.25] = LABEL_SIZES.slice(-1);
  for (let rows = 1; rows < texts.length; rows += 1) {
    const columns = Math.ceil(texts.length / rows);
    const labelEm = LABEL_SIZES.find((em) => fits(fontPx, em, columns));
    if (labelEm !== undefined) return laidOut(fontPx, labelEm, columns, texts.length);
  }
  return laidOut(fontPx, smallestEm, 1, texts.length);
}

/** Width of all columns together: each is as wide as the widest cell in it. */
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
