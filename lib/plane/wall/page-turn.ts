/** The page of a region that stands while the wall is on its `turn`-th page: regions with fewer pages begin again. */
export function pageAt<T>(pages: readonly T[], turn: number): T | undefined {
  return pages.length === 0 ? undefined : pages[turn % pages.length];
}

/**
 * Which page is shown. Counted from when the wall was opened, so a frame that arrives never turns a page.
 *
 * @param shownMs for how long the wall has been shown
 */
export function turnAt(shownMs: number, pageSeconds: number, pages: number): number {
  return pages <= 1 ? 0 : Math.floor(Math.max(0, shownMs) / (pageSeconds * 1000)) % pages;
}
