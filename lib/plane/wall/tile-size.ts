import { leastTextPx, type Screen } from './letter-sizes';
import { type NameLines, nameLines } from './name-lines';
import { type MeasuredReason, reasonLineCount } from './reason-lines';
import type { TextFace } from './text-face';
import type { TileText } from './tile-text';

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
  /** The width of a line below the name, as a multiple of its font size. */
  readonly metaEm: number;
}

/** How many lines the reason and the details of a tile have. The state and since when have one more above them. */
export interface TileLines {
  readonly reason: number;
  readonly details: number;
}

const NAME_LINE_EM = 1.14;
const META_LINE_EM = 1.28;
const META_OF_LARGE = 0.4;
const META_OF_SMALL = 0.7;
/** Text is drawn a little wider than its measured words, by rounding and by kerning between them. */
const SAFE_SHARE = 0.98;
const PAD_OF_NAME = 0.3;
/** The width of the shape beside the name, as a multiple of the name's font size. */
const SHAPE_EM = 1.05;
/** The width that kind and heartbeat need on one line without cutting, in em, and that of state and since when. */
const DETAILS_LINE_NEEDS_EM = 38;
const META_LINE_NEEDS_EM = 18;
/** The smallest text below the name, as a fraction of the name's font. Longer texts are cut instead. */
const MIN_META = { large: 0.26, small: 0.55 };
/** Every tile has the room of this many lines for its reason. Details fill what a shorter one leaves. */
const MIN_REASON_LINES = 2;

function leastMetaPx(namePx: number, large: boolean, screen: Screen, face: TextFace): number {
  return Math.max(namePx * (large ? MIN_META.large : MIN_META.small), leastTextPx(screen, face));
}

/** Returns the width, in pixels, at which the state and since when of a small tile aren't cut. */
export function leastSmallTilePx(namePx: number, screen: Screen, face: TextFace): number {
  const textPx = META_LINE_NEEDS_EM * leastMetaPx(namePx, false, screen, face);
  return textPx + (2 * PAD_OF_NAME + SHAPE_EM) * namePx;
}

/**
 * Returns the size of tiles for a font and a number of columns, high enough for the names and reasons of all of them.
 * Kind and heartbeat get no room of their own.
 *
 * @param mostReasonLines longer reasons are cut
 * @returns with `whole`, the number of names that aren't cut, and `reasonsWhole`, whether no reason is
 */
export function tileSize(
  texts: readonly TileText[],
  {
    namePx,
    columns,
    width,
    gapPx,
    large,
    mostReasonLines,
    mostLines = 2,
    screen,
  }: {
    readonly screen: Screen;
    readonly namePx: number;
    readonly columns: number;
    readonly width: number;
    readonly gapPx: number;
    readonly large: boolean;
    readonly mostReasonLines: number;
    /** With 1, long names are cut in the middle instead of taking a second line. */
    readonly mostLines?: 1 | 2;
  },
  face: TextFace,
): TileSize & { readonly whole: number; readonly reasonsWhole: boolean } {
  const padPx = namePx * PAD_OF_NAME;
  const widthPx = (width - gapPx * (columns - 1)) / columns;
  const textPx = Math.max(namePx, widthPx - 2 * padPx - (SHAPE_EM + 0.35) * namePx);
  const nameEm = textPx / namePx;
  const names = texts.map(({ name }) => nameLines(name, nameEm, face, mostLines));
  const mostPx = namePx * (large ? META_OF_LARGE : META_OF_SMALL);
  const leastPx = leastMetaPx(namePx, large, screen, face);
  const preferredPx = Math.max(leastPx, Math.min(mostPx, textPx / META_LINE_NEEDS_EM));
  // A smaller font is better than a cut reason.
  const wholePx = [preferredPx, (preferredPx + leastPx) / 2, leastPx].find((px) =>
    texts.every(
      ({ reason }) => reasonCount(reason, (textPx * SAFE_SHARE) / px, mostReasonLines) <= mostReasonLines,
    ),
  );
  const metaPx = wholePx ?? leastPx;
  const neededPx = texts.map(({ reason }, index) => {
    const lines = Math.min(
      mostReasonLines,
      reasonCount(reason, (textPx * SAFE_SHARE) / metaPx, mostReasonLines),
    );
    return contentPx(nameHeightEm(names[index]), 1 + Math.max(MIN_REASON_LINES, lines), namePx, metaPx);
  });
  return {
    columns,
    widthPx,
    namePx,
    metaPx,
    padPx,
    nameEm,
    nameLines: names.some(({ lines }) => lines.length > 1) ? 2 : 1,
    metaEm: (textPx * SAFE_SHARE) / metaPx,
    heightPx: Math.ceil(2 * padPx + neededPx.reduce((most, px) => Math.max(most, px), 0)),
    whole: names.filter(({ whole }) => whole).length,
    reasonsWhole: wholePx !== undefined,
  };
}

/**
 * Returns how a tile divides its lines: the reason has as many as it needs; kind and heartbeat have what is left.
 *
 * @param name the tile's name, broken for this size
 */
export function tileLines(size: TileSize, name: NameLines, reason: MeasuredReason | null): TileLines {
  const { heightPx, padPx, namePx, metaPx, metaEm } = size;
  const textPx = heightPx - 2 * padPx - nameHeightEm(name) * namePx * NAME_LINE_EM;
  // Rounding must not take a line.
  const lines = Math.max(0, Math.floor(textPx / (metaPx * META_LINE_EM) + 0.01) - 1);
  const reasonLines = Math.min(lines, reasonCount(reason, metaEm, lines));
  return { reason: reasonLines, details: Math.min(lines - reasonLines, detailLines(metaEm)) };
}

/** Returns how many lines kind and heartbeat need. */
export function detailLines(metaEm: number): 1 | 2 {
  return metaEm >= DETAILS_LINE_NEEDS_EM ? 1 : 2;
}

/** Limits a tile to the height of its region. A reason that needs more is cut. */
export function limited<S extends TileSize>(size: S, mostPx: number): S {
  return size.heightPx <= mostPx ? size : { ...size, heightPx: Math.floor(mostPx) };
}

const MAX_STRETCH = 2.2;
const META_GROWTHS = [1.35, 1.25, 1.15, 1.08];

/**
 * Enlarges a tile into spare room, for longer reasons and for details. If both fit, the text below the name grows.
 *
 * @param sparePx height that nothing else needs
 */
export function stretched<S extends TileSize>(
  size: S,
  sparePx: number,
  texts: readonly TileText[],
  face: TextFace,
): S {
  const extraPx = Math.max(0, Math.min(sparePx, size.heightPx * (MAX_STRETCH - 1)));
  const heightPx = Math.floor(size.heightPx + extraPx);
  const roomPx = heightPx - 2 * size.padPx;
  const grown = META_GROWTHS.map((growth) => ({
    metaPx: size.metaPx * growth,
    metaEm: size.metaEm / growth,
  })).find(
    ({ metaPx, metaEm }) =>
      metaEm >= META_LINE_NEEDS_EM &&
      texts.every(({ name, reason }) => {
        const mostLines = Math.floor(roomPx / (metaPx * META_LINE_EM));
        const lines = 1 + reasonCount(reason, metaEm, mostLines) + detailLines(metaEm);
        const names = nameLines(name, size.nameEm, face, size.nameLines);
        return contentPx(nameHeightEm(names), lines, size.namePx, metaPx) <= roomPx;
      }),
  );
  return { ...size, ...grown, heightPx };
}

/** Returns how many lines a reason needs; counts to `most + 1` at most. */
function reasonCount(reason: MeasuredReason | null, maxEm: number, most: number): number {
  return reason === null ? 0 : reasonLineCount(reason, maxEm, most);
}

/** Returns the height of a name in full lines: a shrunk name has lower ones. */
function nameHeightEm(name: NameLines | undefined): number {
  return name === undefined ? 1 : name.lines.length * name.scale;
}

function contentPx(names: number, lines: number, namePx: number, metaPx: number): number {
  return names * namePx * NAME_LINE_EM + lines * metaPx * META_LINE_EM;
}
