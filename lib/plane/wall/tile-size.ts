import { nameLines } from './name-lines';
import { fontForCapPx, type TextFace } from './text-face';

/** A size of tiles: all tiles of a region have the same. */
export interface TileSize {
  readonly columns: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly namePx: number;
  readonly metaPx: number;
  readonly padPx: number;
  /** Width of a name's line, in parts of its font. */
  readonly nameEm: number;
  readonly nameLines: 1 | 2;
  /** Lines below the name: state and since; kind and heartbeat, on lines of their own where it is narrow. */
  readonly metaLines: 2 | 3;
  /** Lines for the first reason, where there is room for it. */
  readonly reasonLines: number;
}

/** Capitals of the names of the worst planes, in parts of the screen's height. */
export const WORST_NAME_CAP = 0.049;
/** Capitals of all other names, in parts of the screen's shorter side, which is the same however it hangs. */
const SMALL_NAME_CAP = 0.023;
const MIN_SMALL_CAP_PX = 11;
/** A screen this small is held in a hand. */
const HANDHELD_PX = 500;
const HANDHELD_SCALE = 0.55;
export const NAME_LINE_EM = 1.14;
export const META_LINE_EM = 1.28;
const META_OF_LARGE = 0.4;
const META_OF_SMALL = 0.7;
const PAD_OF_NAME = 0.3;
/** The shape beside the name takes this, in parts of the name's font. */
export const SHAPE_EM = 1.05;
/** What the line of kind and heartbeat needs not to be cut, in em; and the longest of three lines. */
const META_LINE_NEEDS_EM = 38;
const META_SHORT_LINE_NEEDS_EM = 18;
/** Below the name nothing is smaller than this, in parts of the name's font: then rather cut. */
const MIN_META = { large: 0.26, small: 0.55 };
/** Nor are its capitals lower than this, in pixels: on a screen in a hand. */
const MIN_META_CAP_PX = 8;

export interface Screen {
  readonly width: number;
  readonly height: number;
}

/** The font of the worst planes' names, in pixels; on a screen in a hand the names matter more than the distance. */
export function worstNamePx({ width, height }: Screen, face: TextFace): number {
  const scale = Math.min(width, height) < HANDHELD_PX ? HANDHELD_SCALE : 1;
  return fontForCapPx(WORST_NAME_CAP * height * scale, face);
}

/** The font of all other names, in pixels. */
export function smallNamePx({ width, height }: Screen, face: TextFace): number {
  return fontForCapPx(Math.max(MIN_SMALL_CAP_PX, SMALL_NAME_CAP * Math.min(width, height)), face);
}

function leastMetaPx(namePx: number, large: boolean, face: TextFace): number {
  return Math.max(namePx * (large ? MIN_META.large : MIN_META.small), fontForCapPx(MIN_META_CAP_PX, face));
}

/** The width in pixels in which nothing below the name of a small tile is cut. */
export function leastSmallTilePx(namePx: number, face: TextFace): number {
  const textPx = META_SHORT_LINE_NEEDS_EM * leastMetaPx(namePx, false, face);
  return textPx + (2 * PAD_OF_NAME + SHAPE_EM) * namePx;
}

/** The size of tiles with a given font in a number of columns, as high as the longest of these names demands. */
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
    /** 1: long names lose their middle rather than take a second line. */
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
 * The same tile with room to spare: what stands below the name grows, then the reason gets lines of its own.
 *
 * @param sparePx height that nothing else needs
 */
export function stretched<S extends TileSize>(size: S, sparePx: number): S {
  const extraPx = Math.max(0, Math.min(sparePx, size.heightPx * (MAX_STRETCH - 1)));
  const metaHeightPx = size.metaLines * size.metaPx * META_LINE_EM;
  const needsEm = size.metaLines === 2 ? META_LINE_NEEDS_EM : META_SHORT_LINE_NEEDS_EM;
  const widest = (size.nameEm * size.namePx) / size.metaPx / needsEm;
  // A reason is rarely told in one line.
  const roomiest = (metaHeightPx + extraPx) / (metaHeightPx + 2 * size.metaPx * META_LINE_EM);
  const growth = Math.max(1, Math.min(MAX_META_GROWTH, widest, roomiest));
  const metaPx = size.metaPx * growth;
  const leftPx = extraPx - metaHeightPx * (growth - 1);
  const reasonLines = Math.min(MAX_REASON_LINES, Math.floor(leftPx / (metaPx * META_LINE_EM)));
  return { ...size, metaPx, heightPx: Math.floor(size.heightPx + extraPx), reasonLines };
}
