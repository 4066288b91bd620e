import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/**
 * Expects that axe finds nothing on the current page, in full on a desktop in the light theme. The dark theme only has
 * other colors, so there it checks the contrast alone, and a phone only another layout, so there everything else.
 * Nothing may be wider than either screen. A failure doesn't end the test.
 *
 * @param parts a selector of parts of the page that must not scroll sideways either
 */
export async function expectAccessible(page: Page, what: string, parts = 'html'): Promise<void> {
  await expectAccessibleHere(page, what, parts);
  await test.step(`${what}, on a phone`, async () => {
    await page.setViewportSize(PHONE);
    const isLayout = (builder: AxeBuilder) => builder.disableRules('color-contrast');
    expect.soft(await axeFindings(page, isLayout), `${what}, on a phone`).toEqual([]);
    expect.soft(await overflowOf(page, parts), `${what}: nothing is wider than a phone.`).toBe(0);
    await page.setViewportSize(DESKTOP);
  });
}

/**
 * Like `expectAccessible`, but only on the current screen: for menus and panels, which close when the screen changes.
 */
export async function expectAccessibleHere(page: Page, what: string, parts = 'html'): Promise<void> {
  await test.step(what, async () => {
    expect.soft(await axeFindings(page), what).toEqual([]);
    expect.soft(await overflowOf(page, parts), `${what}: nothing is wider than the screen.`).toBe(0);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect.soft(await axeFindings(page, contrastOnly), `${what}, in the dark theme`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });
}

/** Resolves when the page has a layout for its current size and theme, and no color changes any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations === 1);
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}

/** By how many pixels the page, or a part of it, is wider than what contains it. */
function overflowOf(page: Page, parts: string): Promise<number> {
  return page.evaluate(
    (selector) =>
      Math.max(
        ...[document.documentElement, ...document.querySelectorAll(selector)].map(
          (element) => element.scrollWidth - element.clientWidth,
        ),
      ),
    parts,
  );
}

/** Narrows axe to the contrast. */
function contrastOnly(builder: AxeBuilder): AxeBuilder {
  return builder.withRules('color-contrast');
}

interface Finding {
  readonly rule: string;
  readonly help: string;
  readonly where: readonly string[];
}

/** Returns what axe finds on the current page once it is settled, by WCAG 2.2 AA and its best practices. */
async function axeFindings(
  page: Page,
  narrow: (builder: AxeBuilder) => AxeBuilder = (builder) => builder,
): Promise<Finding[]> {
  await settled(page);
  // Half a megabyte of script takes longer to load than to run, so each document gets it once.
  const loaded = await Promise.all(page.frames().map((frame) => frame.evaluate(() => 'axe' in window)));
  // The other mode collects the findings of foreign frames in a new browser page, which takes three times as long.
  const builder = new AxeBuilder({ page, ...(loaded.every(Boolean) ? { axeSource: 'void 0' } : {}) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] });
  const { violations, passes } = await narrow(builder).analyze();
  // Not of the contrast alone, which axe doesn't judge while a modal dialog is open.
  if (narrow !== contrastOnly) expect(passes.length, 'axe checks the page.').toBeGreaterThan(10);
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
