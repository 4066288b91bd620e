import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openInPage } from './page-stream';

/** Everything that happened to the stream, in its order. */
let calls: string[];
let page: EventTarget & { visibilityState: 'visible' | 'hidden' };
const stream = { connect: () => calls.push('connect'), close: () => calls.push('close') };
const pausing = { onPaused: () => calls.push('paused') };

function show(visibilityState: 'visible' | 'hidden'): void {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event('visibilitychange'));
}
const cameBack = (persisted: boolean) =>
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));

beforeEach(() => {
  calls = [];
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a stream that is open in a page', () => {
  test('connects anew when the network returns and when the page comes back from the cache', () => {
    openInPage(stream);
    window.dispatchEvent(new Event('online'));
    cameBack(false);
    cameBack(true);
    expect(calls).toEqual(['connect', 'connect', 'connect']);
  });

  test('connects anew after the machine slept, and not because timers are held back', () => {
    openInPage(stream);
    vi.advanceTimersByTime(20_000);
    vi.setSystemTime(Date.now() + 60_000);
    vi.advanceTimersByTime(5000);
    expect(calls).toEqual(['connect']);
    vi.setSystemTime(Date.now() + 60_001);
    vi.advanceTimersByTime(5000);
    expect(calls).toEqual(['connect', 'connect']);
  });

  test('stays open in a hidden page unless it may be paused', () => {
    openInPage(stream);
    show('hidden');
    vi.advanceTimersByTime(60_000);
    show('visible');
    expect(calls).toEqual(['connect']);
  });

  test('pauses 10 s after its page was hidden, and connects at once when that is shown', () => {
    openInPage(stream, pausing);
    show('hidden');
    vi.advanceTimersByTime(9999);
    show('visible');
    vi.advanceTimersByTime(60_000);
    expect(calls).toEqual(['connect']);
    show('hidden');
    vi.advanceTimersByTime(10_000);
    expect(calls).toEqual(['connect', 'close', 'paused']);
    // The network's return is no reason to go on unseen.
    window.dispatchEvent(new Event('online'));
    show('visible');
    expect(calls).toEqual(['connect', 'close', 'paused', 'connect']);
  });

  test('waits to be seen in a page that was opened in the background', () => {
    page.visibilityState = 'hidden';
    openInPage(stream, pausing);
    expect(calls).toEqual([]);
    show('visible');
    expect(calls).toEqual(['connect']);
  });

  test('is closed for good by the returned function', () => {
    const close = openInPage(stream, pausing);
    show('hidden');
    close();
    show('visible');
    window.dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(60_000);
    expect(calls).toEqual(['connect', 'close']);
  });
});
