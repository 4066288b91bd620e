import type { BoardPlane } from './board';
import type { Section } from './sections';
import type { TextFace } from './text-face';
import { type TileRow, tilePages } from './tile-pages';
import { type Screen, smallNamePx, type TileSize, tileSize, worstNamePx } from './tile-size';
import { nameOf } from './wall-words';

/** Tiles of one size, on one or more pages. */
export interface TileRegion<P extends BoardPlane> {
  readonly size: TileSize;
  readonly pages: readonly (readonly TileRow<P>[])[];
  readonly heightPx: number;
}

/** The planes shown by name: the worst ones stay, in large letters; the rest turns below them, if it must. */
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
}

const MAX_COLUMNS = 4;
/** A large tile is at least this wide, in parts of its name's font; one column always is allowed. */
const LARGE_MIN_EM = 9;
const SMALL_MIN_EM = 12;
/** Few planes are written even larger. */
const SCALES = [1.7, 1.5, 1.3, 1.15, 1];
/** What the worst planes take at most while the rest turns. */
const WORST_SHARE = 0.5;

/** Lays tiles out in an area: everything at once in large letters if that fits, else the worst ones and pages. */
export function tileLayout<P extends BoardPlane>(
  sections: readonly Section<P>[],
  planes: readonly P[],
  area: TileArea,
  face: TextFace,
): TileLayout<P> | null {
  if (planes.length === 0) return null;
  return allLarge(sections, planes, area, face) ?? split(sections, planes, area, face);
}

function allLarge<P extends BoardPlane>(
  sections: readonly Section<P>[],
  planes: readonly P[],
  area: TileArea,
  face: TextFace,
): TileLayout<P> | null {
  const { width, height, gapPx, headingPx } = area;
  const names = planes.map(nameOf);
  const basePx = worstNamePx(area.screen, face);
  // No large tile is lower than this: what cannot fit need not be measured name by name.
  if (planes.length > MAX_COLUMNS * Math.ceil(height / basePx)) return null;
  for (const scale of SCALES) {
    const fitting = columnsFor(width, basePx * scale, LARGE_MIN_EM, planes.length).flatMap((columns) => {
      const size = tileSize(names, { namePx: basePx * scale, columns, width, gapPx, large: true }, face);
      const pages = tilePages(sections, {
        columns,
        tilePx: size.heightPx,
        headingPx,
        gapPx,
        heightPx: height,
      });
      const fits =
        pages.length === 1 && pageHeight(pages[0] ?? [], size.heightPx, headingPx, gapPx) <= height;
      return fits ? [{ size, pages }] : [];
    });
    const best = fitting.toSorted(
      (a, b) => b.size.whole - a.size.whole || a.size.columns - b.size.columns,
    )[0];
    if (best && (scale === 1 || best.size.whole === planes.length))
      return { worst: { ...best, heightPx: height }, rest: null };
  }
  return null;
}

function split<P extends BoardPlane>(
  sections: readonly Section<P>[],
  planes: readonly P[],
  area: TileArea,
  face: TextFace,
): TileLayout<P> {
  const { width, height, gapPx, headingPx } = area;
  const namePx = worstNamePx(area.screen, face);
  const candidates = columnsFor(width, namePx, LARGE_MIN_EM, planes.length).map((columns) => {
    const shown = planes.slice(0, columns * 6).map(nameOf);
    const size = tileSize(shown, { namePx, columns, width, gapPx, large: true }, face);
    const rows = Math.max(1, Math.floor((height * WORST_SHARE + gapPx) / (size.heightPx + gapPx)));
    return { size, rows, shown: Math.min(planes.length, rows * columns) * (size.whole / shown.length) };
  });
  const worst = candidates.toSorted((a, b) => b.shown - a.shown || a.size.columns - b.size.columns)[0];
  if (!worst) throw new Error('One column is always allowed.');
  for (let rows = worst.rows; ; rows -= 1) {
    const laid = splitAt(sections, planes, rows, worst.size, area, face);
    if (laid.rest === null || laid.rest.pages.length === 1) return laid;
    // No number of rows leaves room for all the others: then the worst ones take their share.
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
  return {
    worst: { size, pages: pinnedRows, heightPx: worstPx },
    rest: others.length === 0 ? null : smallRegion(others, { ...area, width, height: restPx }, face),
  };
}

/** Tiles in the smaller letters, on as many pages as they need. */
export function smallRegion<P extends BoardPlane>(
  sections: readonly Section<P>[],
  { screen, width, height, gapPx, headingPx }: TileArea,
  face: TextFace,
): TileRegion<P> {
  const namePx = smallNamePx(screen, face);
  const planes = sections.flatMap((section) => section.planes);
  const columns = columnsFor(width, namePx, SMALL_MIN_EM, planes.length).at(-1) ?? 1;
  const size = tileSize(planes.map(nameOf), { namePx, columns, width, gapPx, large: false }, face);
  const pages = tilePages(sections, { columns, tilePx: size.heightPx, headingPx, gapPx, heightPx: height });
  return { size, pages, heightPx: height };
}

function columnsFor(width: number, namePx: number, minEm: number, planes: number): number[] {
  const most = Math.max(1, Math.min(MAX_COLUMNS, planes, Math.floor(width / (minEm * namePx))));
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
