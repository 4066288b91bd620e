import type { Browser, Page } from '@playwright/test';
import { openContext } from './open-context';

/** What one visit of the fleet page cost; times in milliseconds since the navigation began. */
export interface PaintResult {
  /** The first row of the table is in the document, in the frame that paints it. */
  readonly firstRowMs: number;
  /** The table stands for all planes, with the feed behind it. */
  readonly allPlanesMs: number;
  /** From a keystroke in the search field to the frame with the rows that it leaves. */
  readonly filterMs: readonly number[];
  readonly heapBytes: number;
  /** Script that the page loaded, compressed as it was sent. */
  readonly scriptBytes: number;
}

interface Marks {
  firstRow?: number;
  allPlanes?: number;
  filter?: Promise<number>;
}

type MarkedWindow = Window & { planeboardMarks: Marks };

/** Each key changes which planes match, or is not counted. */
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
    // One visit before: a server that has been up for a while has its code paths warm.
    await page.goto(`${url}/`);
    await allRows(page, planes);

    await page.addInitScript(watchTable, planes);
    await page.reload({ waitUntil: 'commit' });
    await allRows(page, planes);
    const { firstRow, allPlanes } = await page.evaluate(
      () => (window as unknown as MarkedWindow).planeboardMarks,
    );
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

/** The table says how many rows it stands for, its head included. */
async function allRows(page: Page, planes: number): Promise<void> {
  await page.locator(`table[aria-rowcount="${planes + 1}"]`).waitFor({ state: 'attached', timeout: 60_000 });
}

/** Runs in the page before anything else: notes when the table has its first row, and when it stands for all planes. */
function watchTable(planes: number): void {
  const marks: Marks = {};
  Object.assign(window, { planeboardMarks: marks });
  const look = () => {
    const table = document.querySelector('table[aria-rowcount]');
    if (marks.firstRow === undefined && table?.querySelector('a[data-index]'))
      marks.firstRow = performance.now();
    if (table?.getAttribute('aria-rowcount') === String(planes + 1)) marks.allPlanes = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in the page: the time from the next key to the frame in which the number of rows is another; NaN when it never is. */
function watchNextKey(): void {
  const rows = () => document.querySelector('table[aria-rowcount]')?.getAttribute('aria-rowcount') ?? 'none';
  const promise = new Promise<number>((resolve) => {
    const before = rows();
    document.addEventListener(
      'keydown',
      () => {
        const startMs = performance.now();
        const look = () => {
          const tookMs = performance.now() - startMs;
          if (rows() !== before) resolve(tookMs);
          else if (tookMs > 2000) resolve(Number.NaN);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { once: true, capture: true },
    );
  });
  Object.assign((window as unknown as MarkedWindow).planeboardMarks, { filter: promise });
}
