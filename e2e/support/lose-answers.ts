import type { Page } from '@playwright/test';

/**
 * Loses the answers to a page's requests, as a broken connection does. Returns what ends it.
 *
 * @param path a pattern of the requests' paths, such as `**\/history`
 * @param method the requests with this method only; by default all
 * @param reachesServer whether the server carries the requests out; by default they are lost on the way
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
  return () => page.unroute(path);
}
