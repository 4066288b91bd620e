import type { Page } from '@playwright/test';

/** Everything that a page has received: headers and bodies. */
export interface TrafficRecord {
  everything(): Promise<string>;
}

/** Records every response that reaches a page. Call it before the first request. */
export function recordTraffic(page: Page): TrafficRecord {
  const pieces: string[] = [];
  const bodies: Promise<unknown>[] = [];
  page.on('response', (response) => {
    pieces.push(response.url(), JSON.stringify(response.headers()));
    // A stream never ends. A redirect has no body, and neither has a response that a navigation aborted.
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
 * Returns the first frame of a stream as it is sent. Opens its own stream, because a browser's stream belongs to a
 * worker that tabs share, and no tab records it.
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
