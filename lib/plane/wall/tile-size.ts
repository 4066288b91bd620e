import { nameLines } from './name-lines';
import { fontForCapPx, type TextFace } from './text-face';

/** The size of tiles; all tiles of a region have the same. */
export interface TileSize {
  readonly columns: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly namePx: number;
  readonly metaPx: number;
  readonly padPx: number;
  /** The width of a name's line, as a multiple of its font size. */
  readonly nameEm: number;
  readonly nameLines: 1 | 2;
  /**
   * Lines below the name: state and since, then kind and heartbeat, which get lines of their own on a narrow tile.
   */
  readonly metaLines: 2 | 3;
  /** Lines for the first reason, if there is room. */
  readonly reasonLines: number;
}

/** The cap height of the worst planes' names, as a fraction of the screen's height. */
const WORST_NAME_CAP = 0.049;
/**
 * The cap height of all other names, as a fraction of the screen's shorter side, which doesn't depend on its
 * orientation.
 */
const SMALL_NAME_CAP = 0.023;
const MIN_SMALL_CAP_PX = 11;
/** Smaller screens are handheld. */
const HANDHELD_PX = 500;
const HANDHELD_SCALE = 0.55;
const NAME_LINE_EM = 1.14;
const META_LINE_EM = 1.28;
const META_OF_LARGE = 0.4;
const META_OF_SMALL = 0.7;
const PAD_OF_NAME = 0.3;
/** The width of the shape beside the name, as a multiple of the name's font size. */
const SHAPE_EM = 1.05;
/**
 * The width that the line of kind and heartbeat needs without cutting, in em, and that of the longest of three lines.
 */
const META_LINE_NEEDS_EM = 38;
const META_SHORT_LINE_NEEDS_EM = 18;
/** The smallest text below the name, as a fraction of the name's font. Longer texts are cut instead. */
const MIN_META = { large: 0.26, small: 0.55 };
/** Its smallest cap height, in pixels, which matters on handheld screens. */
const MIN_META_CAP_PX = 8;

export interface Screen {
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the font size of the worst planes' names, in pixels. On a handheld screen, fitting the names matters more
 * than the viewing distance.
 */
export function worstNamePx({ width, height }: Screen, face: TextFace): number {
  const scale = Math.min(width, height) < HANDHELD_PX ? HANDHELD_SCALE : 1;
  return fontForCapPx(WORST_NAME_CAP * height * scale, face);
}

/** Returns the font size of all other names, in pixels. */
export function smallNamePx({ width, height }: Screen, face: TextFace): number {
  return fontForCapPx(Math.max(MIN_SMALL_CAP_PX, SMALL_NAME_CAP * Math.min(width, height)), face);
}

function leastMetaPx(namePx: number, large: boolean, face: TextFace): number {
  return Math.max(namePx * (large ? MIN_META.large : MIN_META.small), fontForCapPx(MIN_META_CAP_PX, face));
}

/** Returns the width, in pixels, at which nothing below the name of a small tile is cut. */
export function leastSmallTilePx(namePx: number, face: TextFace): number {
  const textPx = META_SHORT_LINE_NEEDS_EM * leastMetaPx(namePx, false, face);
  return textPx + (2 * PAD_OF_NAME + SHAPE_EM) * namePx;
}

/** Returns the size of tiles for a font and a number of columns, high enough for the longest of these names. */
export function tileSize(
  names: readonly string[],
  {
    namePx,
    columns,
    width,
    gapPx,
    large,
    mostLines = 2,
  }: {
    readonly namePx: number;
    readonly columns: number;
    readonly width: number;
    readonly gapPx: number;
    readonly large: boolean;
    /** With 1, long names are cut in the middle instead of taking a second line. */
    readonly mostLines?: 1 | 2;
  },
  face: TextFace,
): TileSize & { readonly whole: number } {
  const padPx = namePx * PAD_OF_NAME;
  const widthPx = (width - gapPx * (columns - 1)) / columns;
  const textPx = Math.max(namePx, widthPx - 2 * padPx - (SHAPE_EM + 0.35) * namePx);
  const nameEm = textPx / namePx;
  const set = names.map((name) => nameLines(name, nameEm, face, mostLines));
  const lines = set.some((entry) => entry.lines.length > 1) ? 2 : 1;
  const mostPx = namePx * (large ? META_OF_LARGE : META_OF_SMALL);
  const metaLines = textPx / mostPx >= META_LINE_NEEDS_EM ? 2 : 3;
  const leastPx = leastMetaPx(namePx, large, face);
  const metaPx = Math.max(leastPx, Math.min(mostPx, textPx / META_SHORT_LINE_NEEDS_EM));
  return {
    columns,
    widthPx,
    namePx,
    metaPx,
    padPx,
    nameEm,
    nameLines: lines,
    metaLines,
    reasonLines: 0,
    heightPx: Math.ceil(2 * padPx + lines * namePx * NAME_LINE_EM + metaLines * metaPx * META_LINE_EM),
    whole: set.filter((entry) => entry.whole).length,
  };
}

const MAX_STRETCH = 2.2;
const MAX_REASON_LINES = 3;
const MAX_META_GROWTH = 1.35;

/**
 * Enlarges a tile into spare room: first the text below the name grows, then the reason gets lines.
 *
 * @param sparePx height that nothing else needs
 */
export function stretched<S extends TileSize>(size: S, sparePx: number): S {
  const extraPx = Math.max(0, Math.min(sparePx, size.heightPx * (MAX_STRETCH - 1)));
  const metaHeightPx = size.metaLines * size.metaPx * META_LINE_EM;
  const needsEm = size.metaLines === 2 ? META_LINE_NEEDS_EM : META_SHORT_LINE_NEEDS_EM;
  const widest = (size.nameEm * size.namePx) / size.metaPx / needsEm;
  // A reason rarely fits on one line.
  const roomiest = (metaHeightPx + extraPx) / (metaHeightPx + 2 * size.metaPx * META_LINE_EM);
  const growth = Math.max(1, Math.min(MAX_META_GROWTH, widest, roomiest));
  const metaPx = size.metaPx * growth;
  const leftPx = extraPx - metaHeightPx * (growth - 1);
  const reasonLines = Math.min(MAX_REASON_LINES, Math.floor(leftPx / (metaPx * META_LINE_EM)));
  return { ...size, metaPx, heightPx: Math.floor(size.heightPx + extraPx), reasonLines };
}
