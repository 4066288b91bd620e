import type { Page } from '@playwright/test';

/** What a wall has said of itself since it was watched, gone through change by change in the page. */
export interface WallNotices {
  /** The words of every notice that was there, however short. */
  seen(): Promise<readonly string[]>;
  /** How often the clock has changed. */
  ticks(): Promise<number>;
}

interface Watched extends Window {
  wallAlarms?: { readonly seen: Set<string>; ticks: number };
}

/** Notes every notice of old data or of a blind screen from now on, until the page is loaded anew. */
export async function watchNotices(page: Page): Promise<WallNotices> {
  await page.evaluate(() => {
    const watched = { seen: new Set<string>(), ticks: 0 };
    Object.assign(window, { wallAlarms: watched });
    let clock = '';
    const look = () => {
      for (const alert of document.querySelectorAll('[role="alert"]:not(#__next-route-announcer__)'))
        watched.seen.add(alert.textContent ?? '');
      const now = document.querySelector('header time')?.textContent ?? '';
      if (now !== clock) watched.ticks += 1;
      clock = now;
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    look();
  });
  return {
    seen: () => page.evaluate(() => [...((window as Watched).wallAlarms?.seen ?? ['not watched'])]),
    ticks: () => page.evaluate(() => (window as Watched).wallAlarms?.ticks ?? 0),
  };
}
