import type { Locator, Page } from '@playwright/test';

/** No page of the wizard has as many stops. */
const MAX_STOPS = 120;

/** Presses Tab until something has the focus, as who has no mouse does. Throws when Tab does not lead there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < MAX_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    const isThere = await target.evaluateAll((elements) =>
      elements.some((element) => element === document.activeElement),
    );
    if (isThere) return;
  }
  throw new Error(`${MAX_STOPS} times Tab did not lead to ${target}.`);
}
