import type { Browser, BrowserContext } from '@playwright/test';

/**
 * The loader that runs this TypeScript wraps functions in a helper of its own, which a function sent to a page doesn't
 * find there.
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
