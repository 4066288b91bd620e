import type { Page } from '@playwright/test';

/** All that a page has received, headers and bodies. */
export interface TrafficRecord {
  everything(): Promise<string>;
}

/** Records every answer that reaches a page. To be called before the first one is asked for. */
export function recordTraffic(page: Page): TrafficRecord {
  const pieces: string[] = [];
  const bodies: Promise<unknown>[] = [];
  page.on('response', (response) => {
    pieces.push(response.url(), JSON.stringify(response.headers()));
    // A stream has no end to wait for; a redirect has no body, and one that a navigation cut off never will.
    if (response.headers()['content-type']?.includes('text/event-stream')) return;
    const body = response.text().then(
      (text) => pieces.push(text),
      () => {},
    );
    bodies.push(body);
  });
  return {
    everything: async () => {
      await Promise.all(bodies);
      return [...pieces, await page.content()].join('\n');
    },
  };
}

/**
 * The first frame of a stream as it comes over the line. Read by itself, since a browser's stream belongs to a worker
 * that its tabs share, and no tab's record shows it.
 */
export async function firstFrame(url: string): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(url, { signal: stop.signal });
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      if (/^data:.*\n\n/ms.test(text)) return text;
    }
  } finally {
    stop.abort();
  }
  throw new Error('The stream ended before its first frame.');
}
