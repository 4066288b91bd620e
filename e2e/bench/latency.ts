import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { openContext } from './open-context';
import { bareWatch } from './watch-client';

/** How long a change of a status took to arrive, in milliseconds from the answer to the write. */
export interface LatencyResult {
  readonly bareWatchMs: readonly number[];
  readonly browserMs: readonly number[];
  /** The browser's text behind the bare watch, change by change. */
  readonly behindMs: readonly number[];
}

export interface LatencySubject {
  readonly kubeconfigPath: string;
  /** The API server's path of the collection that is watched. */
  readonly collectionPath: string;
  /** The name of the plane whose status is changed, found by searching for it. */
  readonly name: string;
  /** Writes a status whose text carries the token. */
  readonly write: (token: string) => Promise<void>;
}

/**
 * Changes a status again and again, and compares when a watch with nothing around it and the text of the page show it.
 * All times are of one clock, this machine's.
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
    // It may share a word with others; what matters is that its row is in sight.
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
      const [watchAtMs, browserAtMs] = [await seen(onWatch, token), await seen(inBrowser, token)];
      result.bareWatchMs.push(watchAtMs - writtenAtMs);
      result.browserMs.push(browserAtMs - writtenAtMs);
      result.behindMs.push(browserAtMs - watchAtMs);
      // Apart from each other, so that each is the first of its batch, as in a fleet where now and then something happens.
      await sleep(60 + Math.random() * 60);
    }
    return result;
  } finally {
    stop.abort();
    await context.close();
  }
}

async function seen(times: ReadonlyMap<string, number>, token: string): Promise<number> {
  const untilMs = performance.now() + 10_000;
  for (;;) {
    const atMs = times.get(token);
    if (atMs !== undefined) return atMs;
    if (performance.now() > untilMs) throw new Error(`The change ${token} was not seen within 10 s.`);
    await sleep(1);
  }
}

/** Runs in the page: tells each token once, at the moment at which it stands in the document. */
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
