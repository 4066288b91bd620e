import type { BoardPlane } from './board';
import type { Section } from './sections';

/** One row of a page: a heading, or tiles side by side. */
export type TileRow<P extends BoardPlane> =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'tiles'; readonly planes: readonly P[] };

export interface PageBox {
  readonly columns: number;
  readonly tilePx: number;
  readonly headingPx: number;
  readonly gapPx: number;
  readonly heightPx: number;
}

/**
 * Distributes sections of tiles over pages. A heading is never alone at the end of a page, and is repeated where its
 * section continues. Every page has at least one row of tiles, however low the page is.
 */
export function tilePages<P extends BoardPlane>(
  sections: readonly Section<P>[],
  { columns, tilePx, headingPx, gapPx, heightPx }: PageBox,
): TileRow<P>[][] {
  const pages: TileRow<P>[][] = [];
  let page: TileRow<P>[] = [];
  let usedPx = 0;
  for (const { heading, planes } of sections) {
    let headed = heading === null;
    for (let at = 0; at < planes.length; at += columns) {
      const neededPx = tilePx + (headed ? 0 : headingPx + gapPx);
      if (page.length > 0 && usedPx + neededPx > heightPx) {
        pages.push(page);
        page = [];
        usedPx = 0;
        headed = heading === null;
      }
      if (!headed && heading !== null) {
        page.push({ type: 'heading', text: heading });
        usedPx += headingPx + gapPx;
        headed = true;
      }
      page.push({ type: 'tiles', planes: planes.slice(at, at + columns) });
      usedPx += tilePx + gapPx;
    }
  }
  return page.length > 0 ? [...pages, page] : pages;
}

/** Returns the page that a region shows on the wall's `turn`-th page. Regions with fewer pages start over. */
export function pageAt<T>(pages: readonly T[], turn: number): T | undefined {
  return pages.length === 0 ? undefined : pages[turn % pages.length];
}

/**
 * Returns the index of the current page. Counts from when the wall was opened, so a new frame never turns a page.
 *
 * @param shownMs how long the wall has been shown
 */
export function turnAt(shownMs: number, pageSeconds: number, pages: number): number {
  return pages <= 1 ? 0 : Math.floor(Math.max(0, shownMs) / (pageSeconds * 1000)) % pages;
}
