import type { BoardPlane } from './board';
import { type Screen, smallNamePx, worstNamePx } from './letter-sizes';
import type { Section } from './sections';
import type { TextFace } from './text-face';
import { type TileRow, tilePages } from './tile-pages';
import { leastSmallTilePx, limited, stretched, type TileSize, tileSize } from './tile-size';
import type { TileText } from './tile-text';

/** Tiles of one size on one or more pages. */
export interface TileRegion<P extends BoardPlane> {
  readonly size: TileSize;
  readonly pages: readonly (readonly TileRow<P>[])[];
  readonly heightPx: number;
}

/** The planes shown by name. The worst ones stay, in large letters; the others turn pages below them if necessary. */
export interface TileLayout<P extends BoardPlane> {
  readonly worst: TileRegion<P>;
  readonly rest: TileRegion<P> | null;
}

export interface TileArea {
  readonly screen: Screen;
  readonly width: number;
  readonly height: number;
  readonly gapPx: number;
  readonly headingPx: number;
  /** Returns a plane's texts, measured once. */
  readonly textOf: (plane: BoardPlane) => TileText;
}

const MAX_COLUMNS = 6;
/** The minimum width of a large tile, as a multiple of its name's font size. One column is always allowed. */
const LARGE_MIN_EM = 9;
const SMALL_MIN_EM = 12;
/** Enlarges the names of a few planes. */
const SCALES = [1.7, 1.5, 1.3, 1.15, 1];
/** The most lines of a reason, and what tiles try if that takes too much room. */
const REASON_LINES = { large: [6, 4, 3, 2], small: [4, 3] } as const;
/** The minimum height of a row of small tiles, in units of two lines of names. */
const LOWEST_ROW = 3;
const SMALL_SCALES = [1.6, 1.4, 1.2, 1.1, 1];
const MOSTLY_WHOLE = 0.9;
/** Longer reasons are worth more pages, up to this many times as many. */
const MORE_PAGES = 1.5;
/** The largest share of the worst planes while the others turn pages. */
const WORST_SHARE = 0.5;

/**
 * Lays tiles out in an area: everything at once in large letters if that fits, otherwise the worst planes and pages.
 */
export function tileLayout<P extends BoardPlane>(
  sections: readonly Section<P>[],
  planes: readonly P[],
  area: TileArea,
  face: TextFace,
): TileLayout<P> | null {
  if (planes.length === 0) return null;
  const { worst, rest } = allLarge(sections, planes, area, face) ?? split(sections, planes, area, face);
  return { worst: withinRegion(worst, area), rest: rest && withinRegion(rest, area) };
}

/** Limits tiles to the room on their pages: beside much else, not even one row has the height that it needs. */
export function withinRegion<P extends BoardPlane>(
  region: TileRegion<P>,
  { gapPx, headingPx }: Pick<TileArea, 'gapPx' | 'headingPx'>,
): TileRegion<P> {
  const roomsPx = region.pages
    .filter((page) => page.filter(({ type }) => type === 'tiles').length === 1)
    .map((page) => region.heightPx - (page.length - 1) * (headingPx + gapPx));
  return { ...region, size: limited(region.size, Math.min(...roomsPx)) };
}

function allLarge<P extends BoardPlane>(
  sections: readonly Section<P>[],
  planes: readonly P[],
  area: TileArea,
  face: TextFace,
): TileLayout<P> | null {
  const { screen, width, height, gapPx, headingPx } = area;
  const basePx = worstNamePx(area.screen, face);
  // No large tile is lower than this, so layouts that can't fit needn't be measured name by name.
  if (planes.length > MAX_COLUMNS * Math.ceil(height / basePx)) return null;
  const texts = planes.map(area.textOf);
  const [most, ...fewer] = REASON_LINES.large;
  // The reason for a problem is worth more than extra large letters.
  const tries = [
    ...SCALES.map((scale) => ({ scale, mostReasonLines: most, isWhole: true })),
    ...[most, ...fewer].map((mostReasonLines) => ({ scale: 1, mostReasonLines, isWhole: false })),
  ];
  for (const { scale, mostReasonLines, isWhole } of tries) {
    const namePx = basePx * scale;
    const fitting = columnsFor(width, namePx * LARGE_MIN_EM, planes.length).flatMap((columns) => {
      const size = tileSize(
        texts,
        { screen, namePx, columns, width, gapPx, large: true, mostReasonLines },
        face,
      );
      if (isWhole && (size.whole < planes.length || !size.reasonsWhole)) return [];
      const box = { columns, tilePx: size.heightPx, headingPx, gapPx, heightPx: height };
      const region = { size, pages: tilePages(sections, box), heightPx: height };
      return isOnePage(region, gapPx, headingPx) ? [region] : [];
    });
    const best = fitting.toSorted(
      (a, b) =>
        Number(b.size.reasonsWhole) - Number(a.size.reasonsWhole) ||
        b.size.whole - a.size.whole ||
        a.size.columns - b.size.columns,
    )[0];
    if (best) {
      const page = best.pages[0] ?? [];
      const rows = page.filter(({ type }) => type === 'tiles').length;
      const sparePx = height - pageHeight(page, best.size.heightPx, headingPx, gapPx);
      const size = stretched(best.size, sparePx / rows, texts, face);
      return { worst: { size, pages: best.pages, heightPx: height }, rest: null };
    }
  }
  return null;
}

function split<P extends BoardPlane>(
  sections: readonly Section<P>[],
  planes: readonly P[],
  area: TileArea,
  face: TextFace,
): TileLayout<P> {
  const { screen, width, height, gapPx, headingPx } = area;
  const namePx = worstNamePx(area.screen, face);
  const candidates = columnsFor(width, namePx * LARGE_MIN_EM, planes.length).map((columns) => {
    const shown = planes.slice(0, columns * 6).map(area.textOf);
    const sizes = REASON_LINES.large.map((mostReasonLines) =>
      tileSize(shown, { screen, namePx, columns, width, gapPx, large: true, mostReasonLines }, face),
    );
    const size = sizes.find(({ heightPx }) => heightPx <= height * WORST_SHARE) ?? sizes.at(-1) ?? none();
    const rows = Math.max(1, Math.floor((height * WORST_SHARE + gapPx) / (size.heightPx + gapPx)));
    return { size, rows, shown: Math.min(planes.length, rows * columns) * (size.whole / shown.length) };
  });
  const worst = candidates.toSorted((a, b) => b.shown - a.shown || a.size.columns - b.size.columns)[0];
  if (!worst) none();
  const smallPx = 2 * smallNamePx(area.screen, face);
  // Without room for a row of each, the large tiles turn pages.
  if (height < worst.size.heightPx + gapPx + LOWEST_ROW * smallPx) {
    const { size } = worst;
    const box = { columns: size.columns, tilePx: size.heightPx, headingPx, gapPx, heightPx: height };
    return { worst: { size, pages: tilePages(sections, box), heightPx: height }, rest: null };
  }
  const mayFitAtOnce = planes.length * smallPx <= MAX_COLUMNS * height;
  const mostRows = mayFitAtOnce
    ? Math.max(1, Math.floor(height / (worst.size.heightPx + gapPx)))
    : worst.rows;
  for (let rows = mostRows; ; rows -= 1) {
    const laid = splitAt(sections, planes, rows, worst.size, area, face);
    if (laid.rest === null || isOnePage(laid.rest, gapPx, headingPx)) return laid;
    // No number of rows leaves room for all the others, so the worst planes take their share.
    if (!mayFitAtOnce) return laid;
    if (rows === 1)
      return splitAt(sections, planes, worst.rows, worst.size, { ...area, width, headingPx }, face);
  }
}

function splitAt<P extends BoardPlane>(
  sections: readonly Section<P>[],
  planes: readonly P[],
  rows: number,
  size: TileSize,
  area: TileArea,
  face: TextFace,
): TileLayout<P> {
  const { width, height, gapPx, headingPx } = area;
  const pinned = planes.slice(0, rows * size.columns);
  const pinnedTexts = pinned.map(area.textOf);
  const uids = new Set(pinned.map(({ uid }) => uid));
  const worstPx = Math.ceil(pinned.length / size.columns) * (size.heightPx + gapPx) - gapPx;
  const others = sections
    .map(({ heading, planes: members }) => ({ heading, planes: members.filter(({ uid }) => !uids.has(uid)) }))
    .filter((section) => section.planes.length > 0);
  const pinnedRows = tilePages([{ heading: null, planes: pinned }], {
    columns: size.columns,
    tilePx: size.heightPx,
    headingPx,
    gapPx,
    heightPx: Number.POSITIVE_INFINITY,
  });
  const restPx = height - worstPx - gapPx;
  if (others.length === 0)
    return {
      worst: {
        size: stretched(size, (height - worstPx) / rows, pinnedTexts, face),
        pages: pinnedRows,
        heightPx: height,
      },
      rest: null,
    };
  const rest = smallRegion(others, { ...area, width, height: restPx }, face, SMALL_SCALES);
  const neededPx = Math.max(
    ...rest.pages.map((page) => pageHeight(page, rest.size.heightPx, headingPx, gapPx)),
  );
  const sparePx = Math.max(0, Math.floor(restPx - neededPx));
  if (rest.pages.length > 1) {
    const rows = Math.max(...rest.pages.map((page) => page.filter(({ type }) => type === 'tiles').length));
    const restTexts = planes.slice(pinned.length).map(area.textOf);
    const restSize = stretched(rest.size, sparePx / rows, restTexts, face);
    return {
      worst: { size, pages: pinnedRows, heightPx: worstPx },
      rest: { ...rest, size: restSize, heightPx: restPx },
    };
  }
  // The room left by the others, if all of them fit, goes to the worst planes.
  const worstSize = stretched(size, sparePx / pinnedRows.flat().length, pinnedTexts, face);
  const grownPx = (worstSize.heightPx - size.heightPx) * pinnedRows.flat().length;
  return {
    worst: { size: worstSize, pages: pinnedRows, heightPx: worstPx + grownPx },
    rest: { ...rest, heightPx: restPx - grownPx },
  };
}

/**
 * Lays out tiles in the smaller font on as few pages as possible.
 *
 * @param scales larger fonts to try first, used only if all tiles then fit on one page; the last is 1
 */
export function smallRegion<P extends BoardPlane>(
  sections: readonly Section<P>[],
  { screen, width, height, gapPx, headingPx, textOf }: TileArea,
  face: TextFace,
  scales: readonly number[] = [1],
): TileRegion<P> {
  const planes = sections.flatMap((section) => section.planes);
  const texts = planes.map(textOf);
  const basePx = smallNamePx(screen, face);
  const leastPx = (namePx: number) => Math.max(namePx * SMALL_MIN_EM, leastSmallTilePx(namePx, screen, face));
  const [longest, shorter] = REASON_LINES.small;
  const lay = (namePx: number, columns: number, mostReasonLines: number, mostLines: 1 | 2 = 2) => {
    const size = tileSize(
      texts,
      { screen, namePx, columns, width, gapPx, large: false, mostReasonLines, mostLines },
      face,
    );
    const pages = tilePages(sections, { columns, tilePx: size.heightPx, headingPx, gapPx, heightPx: height });
    return { size, pages, heightPx: height };
  };
  for (const scale of scales.filter((one) => one !== 1)) {
    const namePx = basePx * scale;
    const columns = columnsFor(width, leastPx(namePx), planes.length).at(-1) ?? 1;
    // No tile is lower than two lines, so layouts that can't fit on a page needn't be measured name by name.
    if (planes.length * 2 * namePx > columns * height) continue;
    const region = lay(namePx, columns, longest);
    if (isOnePage(region, gapPx, headingPx)) return region;
  }
  const columns = columnsFor(width, leastPx(basePx), planes.length);
  const onFewestPages = (mostReasonLines: number) => {
    // Cutting the middle of a few names is worth more planes a page.
    const shortened = columns.map((count) => lay(basePx, count, mostReasonLines, 1));
    const regions = [
      ...columns.map((count) => lay(basePx, count, mostReasonLines)),
      ...shortened.filter(({ size }) => size.whole >= planes.length * MOSTLY_WHOLE),
    ];
    const fewest = regions.toSorted(
      (a, b) =>
        a.pages.length - b.pages.length || b.size.whole - a.size.whole || b.size.columns - a.size.columns,
    )[0];
    return fewest ?? none();
  };
  const full = onFewestPages(longest);
  if (full.pages.length === 1) return full;
  const cut = onFewestPages(shorter);
  return full.pages.length > cut.pages.length * MORE_PAGES ? cut : full;
}

function none(): never {
  throw new Error('One column is always allowed.');
}

/** Returns whether a region shows everything at once and has enough room. */
function isOnePage(
  { pages, size, heightPx }: TileRegion<BoardPlane>,
  gapPx: number,
  headingPx: number,
): boolean {
  return pages.length === 1 && pageHeight(pages[0] ?? [], size.heightPx, headingPx, gapPx) <= heightPx;
}

function columnsFor(width: number, tilePx: number, planes: number): number[] {
  const most = Math.max(1, Math.min(MAX_COLUMNS, planes, Math.floor(width / tilePx)));
  return Array.from({ length: most }, (_, index) => index + 1);
}

function pageHeight(
  rows: readonly TileRow<BoardPlane>[],
  tilePx: number,
  headingPx: number,
  gapPx: number,
): number {
  return rows.reduce((sum, row) => sum + (row.type === 'heading' ? headingPx : tilePx) + gapPx, -gapPx);
}
