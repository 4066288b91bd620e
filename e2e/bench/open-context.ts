import type { Browser, BrowserContext } from '@playwright/test';

/**
 * Defines the helper that tsx wraps functions in. A function that is sent to a page needs it there.
 */
const NAME_HELPER = 'globalThis.__name ??= (value) => value;';

/** Opens a browser context for measurements on a desktop screen. */
export async function openContext(
  browser: Browser,
  viewport = { width: 1440, height: 900 },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport });
  await context.addInitScript({ content: NAME_HELPER });
  return context;
}
