import type { Browser } from '@playwright/test';

/** What one visit of the fleet page cost; times in milliseconds since the navigation began. */
export interface PaintResult {
  /** The first row of the table is in the document and painted. */
  readonly firstRowMs: number;
  /** The page says that it is live with all its planes. */
  readonly allPlanesMs: number;
  /** From a keystroke in the search field to the rows that it leaves. */
  readonly filterMs: readonly number[];
  readonly heapBytes: number;
  /** Script that the page loaded, as transferred. */
  readonly scriptBytes: number;
}

/** Opens the fleet page in a fresh browser context and measures it from inside the page. */
export async function measurePaint(browser: Browser, url: string, planes: number): Promise<PaintResult> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    // Warm the server's code paths, as a server that has been up for a while has them.
    await page.goto(`${url}/`);
    await page.locator('[data-fleet-row]').first().waitFor();

    await page.addInitScript(() => {
      const marks: Record<string, number> = {};
      Object.assign(window, { planeboardMarks: marks });
      const look = () => {
        if (marks.firstRow === undefined && document.querySelector('[data-fleet-row]'))
          marks.firstRow = performance.now();
        const total = document.querySelector('[data-fleet-live]')?.getAttribute('data-fleet-live');
        if (marks.allPlanes === undefined && total) marks.allPlanes = performance.now();
        if (marks.firstRow === undefined || marks.allPlanes === undefined) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.reload({ waitUntil: 'commit' });
    await page.locator(`[data-fleet-live="${planes}"]`).waitFor({ state: 'attached', timeout: 60_000 });
    const marks = await page.evaluate(
      () => (window as unknown as { planeboardMarks: Record<string, number> }).planeboardMarks,
    );
    const scriptBytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.includes('/_next/static/') && entry.name.includes('.js'))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );

    const filterMs: number[] = [];
    const search = page.getByRole('searchbox');
    await search.focus();
    for (const key of [
      'p',
      'a',
      'y',
      'Backspace',
      'Backspace',
      'Backspace',
      'e',
      'u',
      'Backspace',
      'Backspace',
    ]) {
      await page.evaluate(watchNextRows);
      await page.keyboard.press(key);
      filterMs.push(
        await page.evaluate(
          () => (window as unknown as { planeboardFilter: Promise<number> }).planeboardFilter,
        ),
      );
    }

    const session = await context.newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return {
      firstRowMs: marks.firstRow ?? Number.NaN,
      allPlanesMs: marks.allPlanes ?? Number.NaN,
      filterMs,
      heapBytes: usedSize,
      scriptBytes,
    };
  } finally {
    await context.close();
  }
}

/** Runs in the page: a promise of the time from the next input event to the painted frame that follows its rows. */
function watchNextRows(): void {
  const promise = new Promise<number>((resolve) => {
    document.addEventListener(
      'keydown',
      () => {
        const startMs = performance.now();
        const shown = document.querySelector('[data-fleet-shown]')?.getAttribute('data-fleet-shown');
        const look = () => {
          const now = document.querySelector('[data-fleet-shown]')?.getAttribute('data-fleet-shown');
          // A keystroke that leaves the number of rows as it was shows nothing to wait for.
          if (now !== shown || performance.now() - startMs > 1000) resolve(performance.now() - startMs);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { once: true, capture: true },
    );
  });
  Object.assign(window, { planeboardFilter: promise });
}
