import type { Page } from '@playwright/test';

/** What a wall has shown since `watchNotices`, recorded in the page at every change. */
export interface WallNotices {
  /** The texts of all notices, including brief ones. */
  seen(): Promise<readonly string[]>;
  /** How often the clock has changed. */
  ticks(): Promise<number>;
}

interface Watched extends Window {
  wallNotices?: { readonly seen: Set<string>; ticks: number };
}

/** Records every notice of old data or a blind screen until the page reloads. */
export async function watchNotices(page: Page): Promise<WallNotices> {
  await page.evaluate(() => {
    const watched = { seen: new Set<string>(), ticks: 0 };
    Object.assign(window, { wallNotices: watched });
    let clock = '';
    const scan = () => {
      for (const alert of document.querySelectorAll('[role="alert"]:not(#__next-route-announcer__)'))
        watched.seen.add(alert.textContent ?? '');
      const now = document.querySelector('header time')?.textContent ?? '';
      if (now !== clock) watched.ticks += 1;
      clock = now;
    };
    new MutationObserver(scan).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    scan();
  });
  return {
    seen: () => page.evaluate(() => [...((window as Watched).wallNotices?.seen ?? ['not watched'])]),
    ticks: () => page.evaluate(() => (window as Watched).wallNotices?.ticks ?? 0),
  };
}
