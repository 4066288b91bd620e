import type { Page } from '@playwright/test';

/**
 * Breaks the connection for some of a page's requests. Returns a function that restores it.
 *
 * @param path a pattern of the requests' URLs, such as `**\/history`
 * @param method only requests with this method; by default all
 * @param reachesServer true: the server handles the request, and only its response is lost
 */
export async function loseAnswers(
  page: Page,
  path: string,
  { method, reachesServer = false }: { readonly method?: string; readonly reachesServer?: boolean } = {},
): Promise<() => Promise<void>> {
  await page.route(path, async (route) => {
    if (method !== undefined && route.request().method() !== method) return route.continue();
    if (reachesServer) await route.fetch();
    return route.abort();
  });
  // Waits for the requests in progress, which would otherwise fail the next test.
  return () => page.unrouteAll({ behavior: 'wait' });
}
