import { expect, type Page, test } from '@playwright/test';
import { axeFindings } from './axe-findings';

const SCREENS = [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const;

/** Every theme on every screen: a name for the tests of it, the screen, and what the browser is to `use`. */
export const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  SCREENS.map(([screen, viewport]) => ({
    name: `In ${colorScheme} on a ${screen}`,
    screen,
    use: { colorScheme, viewport },
  })),
);

/** axe finds nothing on the page as it stands, and nothing of it stands beside the screen. Goes on when there is. */
export async function expectSound(page: Page, what: string): Promise<void> {
  await test.step(what, async () => {
    expect.soft(await axeFindings(page), what).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${what}: nothing stands beside the screen.`).toBe(0);
  });
}
