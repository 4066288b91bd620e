import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';

const SCREENS = [
  ['desktop', { width: 1440, height: 900 }],
  ['phone', { width: 390, height: 844 }],
] as const;

/** Every theme on every screen, each with a name for its tests and the options for `test.use`. */
export const THEMES_AND_SCREENS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  SCREENS.map(([screen, viewport]) => ({
    name: `In the ${colorScheme} theme on a ${screen}`,
    screen,
    use: { colorScheme, viewport },
  })),
);

/**
 * Expects that axe finds nothing on the current page and that nothing is wider than the screen. A failure doesn't end
 * the test.
 *
 * @param parts a selector of parts of the page that must not scroll sideways either
 */
export async function expectAccessible(page: Page, what: string, parts = 'html'): Promise<void> {
  await test.step(what, async () => {
    expect.soft(await axeFindings(page), what).toEqual([]);
    const overflow = await page.evaluate(
      (selector) =>
        Math.max(
          ...[document.documentElement, ...document.querySelectorAll(selector)].map(
            (element) => element.scrollWidth - element.clientWidth,
          ),
        ),
      parts,
    );
    expect.soft(overflow, `${what}: nothing is wider than the screen.`).toBe(0);
  });
}

interface Finding {
  readonly rule: string;
  readonly help: string;
  readonly where: readonly string[];
}

/** Returns everything that axe finds on the current page, by WCAG 2.2 AA and its best practices. */
export async function axeFindings(page: Page): Promise<Finding[]> {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length, 'axe checks the page.').toBeGreaterThan(10);
  return violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  }));
}

/** More tab stops than any page has. */
const MAX_STOPS = 120;

/** Presses Tab until the target has the focus. Throws when Tab doesn't lead there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < MAX_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    const isFocused = await target.evaluateAll((elements) =>
      elements.some((element) => element === document.activeElement),
    );
    if (isFocused) return;
  }
  throw new Error(`Pressing Tab ${MAX_STOPS} times did not reach ${target}.`);
}
