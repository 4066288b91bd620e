import type { Browser, Page } from '@playwright/test';
import { openContext } from './open-context';

/** The measurements of one visit to the fleet page. Times are in milliseconds since the navigation started. */
export interface PaintResult {
  /** The time of the frame that paints the table's first row, on a visit in a new browser profile. */
  readonly newProfileMs: number;
  /** The same on the next visit, with the scripts in the browser's cache. */
  readonly firstRowMs: number;
  /** The time at which the table covers all planes, with data from the feed. */
  readonly allPlanesMs: number;
  /** The times from a keystroke in the search field to the frame with the matching rows. */
  readonly filterMs: readonly number[];
  readonly heapBytes: number;
  /** The size of the page's scripts, compressed as they were sent. */
  readonly scriptBytes: number;
}

interface Marks {
  firstRow?: number;
  allPlanes?: number;
  filter?: Promise<number>;
}

type MarkedWindow = Window & { planeboardMarks: Marks };

/** The keys to type. A key that doesn't change which planes match isn't counted. */
const KEYS = [
  'p',
  'a',
  'y',
  'Backspace',
  'Backspace',
  'Backspace',
  'e',
  'u',
  '-',
  'Backspace',
  'Backspace',
  'Backspace',
];

/** Opens the fleet page in a fresh browser context and measures it from inside the page. */
export async function measurePaint(browser: Browser, url: string, planes: number): Promise<PaintResult> {
  const context = await openContext(browser);
  try {
    const page = await context.newPage();
    await page.addInitScript(watchTable, planes);
    const marks = () => page.evaluate(() => (window as unknown as MarkedWindow).planeboardMarks);
    await page.goto(`${url}/`, { waitUntil: 'commit' });
    await allRows(page, planes);
    const { firstRow: newProfileMs = Number.NaN } = await marks();
    await page.reload({ waitUntil: 'commit' });
    await allRows(page, planes);
    const { firstRow, allPlanes } = await marks();
    const scriptBytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => /\/_next\/static\/.*\.js/.test(entry.name))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );

    const filterMs: number[] = [];
    await page.getByRole('searchbox', { name: 'Search planes' }).focus();
    for (const key of KEYS) {
      await page.evaluate(watchNextKey);
      await page.keyboard.press(key);
      const tookMs = await page.evaluate(() => (window as unknown as MarkedWindow).planeboardMarks.filter);
      if (tookMs !== undefined && !Number.isNaN(tookMs)) filterMs.push(tookMs);
    }

    const session = await context.newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return {
      newProfileMs,
      firstRowMs: firstRow ?? Number.NaN,
      allPlanesMs: allPlanes ?? Number.NaN,
      filterMs,
      heapBytes: usedSize,
      scriptBytes,
    };
  } finally {
    await context.close();
  }
}

/** Waits until the table's row count, which includes the head, covers all planes. */
async function allRows(page: Page, planes: number): Promise<void> {
  await page.locator(`table[aria-rowcount="${planes + 1}"]`).waitFor({ state: 'attached', timeout: 60_000 });
}

/** Runs in the page before any script: records when the table has its first row and when it covers all planes. */
function watchTable(planes: number): void {
  const marks: Marks = {};
  Object.assign(window, { planeboardMarks: marks });
  const check = () => {
    const table = document.querySelector('table[aria-rowcount]');
    if (marks.firstRow === undefined && table?.querySelector('a[data-index]'))
      marks.firstRow = performance.now();
    if (table?.getAttribute('aria-rowcount') === String(planes + 1)) marks.allPlanes = performance.now();
    else requestAnimationFrame(check);
  };
  requestAnimationFrame(check);
}

/**
 * Runs in the page: measures from the next key to the frame with another number of rows; NaN after 2 s without one.
 */
function watchNextKey(): void {
  const rows = () => document.querySelector('table[aria-rowcount]')?.getAttribute('aria-rowcount') ?? 'none';
  const promise = new Promise<number>((resolve) => {
    const before = rows();
    document.addEventListener(
      'keydown',
      () => {
        const startMs = performance.now();
        const check = () => {
          const tookMs = performance.now() - startMs;
          if (rows() !== before) resolve(tookMs);
          else if (tookMs > 2000) resolve(Number.NaN);
          else requestAnimationFrame(check);
        };
        requestAnimationFrame(check);
      },
      { once: true, capture: true },
    );
  });
  Object.assign((window as unknown as MarkedWindow).planeboardMarks, { filter: promise });
}
