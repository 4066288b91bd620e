import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openInPage } from './page-stream';

/** All calls to the stream, in order. */
let calls: string[];
let page: EventTarget & { visibilityState: 'visible' | 'hidden' };
const stream = { connect: () => calls.push('connect'), close: () => calls.push('close') };
const pausing = { onPaused: () => calls.push('paused') };

function show(visibilityState: 'visible' | 'hidden'): void {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event('visibilitychange'));
}
const dispatchPageShow = (persisted: boolean) =>
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

describe('a stream in a page', () => {
  test('reconnects when the network returns and when the page is restored from the cache', () => {
    openInPage(stream);
    window.dispatchEvent(new Event('online'));
    dispatchPageShow(false);
    dispatchPageShow(true);
    expect(calls).toEqual(['connect', 'connect', 'connect']);
  });

  test('reconnects after the machine slept, but not because timers are throttled', () => {
    openInPage(stream);
    vi.advanceTimersByTime(20_000);
    vi.setSystemTime(Date.now() + 60_000);
    vi.advanceTimersByTime(5000);
    expect(calls).toEqual(['connect']);
    vi.setSystemTime(Date.now() + 60_001);
    vi.advanceTimersByTime(5000);
    expect(calls).toEqual(['connect', 'connect']);
  });

  test('stays open in a hidden page unless pausing is enabled', () => {
    openInPage(stream);
    show('hidden');
    vi.advanceTimersByTime(60_000);
    show('visible');
    expect(calls).toEqual(['connect']);
  });

  test('pauses 10 s after its page is hidden, and reconnects at once when it is visible', () => {
    openInPage(stream, pausing);
    show('hidden');
    vi.advanceTimersByTime(9999);
    show('visible');
    vi.advanceTimersByTime(60_000);
    expect(calls).toEqual(['connect']);
    show('hidden');
    vi.advanceTimersByTime(10_000);
    expect(calls).toEqual(['connect', 'close', 'paused']);
    // The network's return doesn't resume a hidden page.
    window.dispatchEvent(new Event('online'));
    show('visible');
    expect(calls).toEqual(['connect', 'close', 'paused', 'connect']);
  });

  test('waits until a page that was opened in the background is visible', () => {
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
