import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { openContext } from './open-context';
import { bareWatch } from './watch-client';

/** The latency of each status change, in milliseconds from just before the write. */
export interface LatencyResult {
  readonly bareWatchMs: readonly number[];
  readonly browserMs: readonly number[];
  /** The delay of the browser's text after the bare watch, change by change. */
  readonly behindMs: readonly number[];
}

export interface LatencySubject {
  readonly kubeconfigPath: string;
  /** The API server's path of the watched collection. */
  readonly collectionPath: string;
  /** The name of the plane whose status changes. The page searches for it. */
  readonly name: string;
  /** Writes a status that contains the token. */
  readonly write: (token: string) => Promise<void>;
}

/**
 * Changes a status repeatedly and compares when a bare watch and the text of the page show each change. All times
 * come from this machine's clock.
 */
export async function measureLatency(
  browser: Browser,
  url: string,
  subject: LatencySubject,
  times: number,
): Promise<LatencyResult> {
  const context = await openContext(browser);
  const stop = new AbortController();
  try {
    const page = await context.newPage();
    const inBrowser = new Map<string, number>();
    await page.exposeFunction('planeboardSaw', (token: string, atMs: number) => inBrowser.set(token, atMs));
    await page.addInitScript(watchForTokens);
    await page.goto(`${url}/?q=${subject.name}`);
    // The search may match more planes. The row only has to be visible.
    await page.getByRole('table', { name: 'Planes' }).getByText(subject.name).first().waitFor();

    const onWatch = new Map<string, number>();
    await bareWatch(
      subject.kubeconfigPath,
      `${subject.collectionPath}?watch=true`,
      (line) => {
        const atMs = performance.timeOrigin + performance.now();
        const token = /bench-\d+-/.exec(line)?.[0];
        if (token && !onWatch.has(token)) onWatch.set(token, atMs);
      },
      stop.signal,
    );

    const result = { bareWatchMs: [] as number[], browserMs: [] as number[], behindMs: [] as number[] };
    for (let turn = 0; turn < times; turn += 1) {
      const token = `bench-${turn}-`;
      const writtenAtMs = performance.timeOrigin + performance.now();
      await subject.write(token);
      const [watchAtMs, browserAtMs] = [await arrivalOf(token, onWatch), await arrivalOf(token, inBrowser)];
      result.bareWatchMs.push(watchAtMs - writtenAtMs);
      result.browserMs.push(browserAtMs - writtenAtMs);
      result.behindMs.push(browserAtMs - watchAtMs);
      // The pause makes each change the first of its batch, as in a fleet with occasional changes.
      await sleep(60 + Math.random() * 60);
    }
    return result;
  } finally {
    stop.abort();
    await context.close();
  }
}

async function arrivalOf(token: string, times: ReadonlyMap<string, number>): Promise<number> {
  const untilMs = performance.now() + 10_000;
  for (;;) {
    const atMs = times.get(token);
    if (atMs !== undefined) return atMs;
    if (performance.now() > untilMs) throw new Error(`The change ${token} didn't appear within 10 s.`);
    await sleep(1);
  }
}

/** Runs in the page: reports each token once, when it appears in the document. */
function watchForTokens(): void {
  const reported = new Set<string>();
  const report = (window as unknown as { planeboardSaw: (token: string, atMs: number) => void })
    .planeboardSaw;
  const scan = () => {
    const atMs = performance.timeOrigin + performance.now();
    for (const token of document.body?.textContent.match(/bench-\d+-/g) ?? []) {
      if (reported.has(token)) continue;
      reported.add(token);
      report(token, atMs);
    }
  };
  new MutationObserver(scan).observe(document, { subtree: true, childList: true, characterData: true });
}
