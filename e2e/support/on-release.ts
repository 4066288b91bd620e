import type { Release } from '@/demo/crds/profiles';

/**
 * Marks tests that need a certain release; others run on the newest. Each release is a Playwright project, so all its
 * tests run together and no worker has to change the kinds back and forth.
 */
export function onRelease(release: Release): { tag: string } {
  return { tag: `@release-${release.replace('.', '-')}` };
}
