import { defineConfig } from '@playwright/test';
import { DEFAULT_RELEASE, RELEASES, type Release } from './demo/crds/profiles';
import { onRelease } from './e2e/support/on-release';
import { browserLaunchOptions } from './testing/runner/browser';
import { WORKERS } from './testing/runner/workers';

/** A test without a tag runs on the newest release. */
const projects = RELEASES.toReversed().map((release) => {
  const isTagged = (tagged: Release) => new RegExp(`${onRelease(tagged).tag}(?!\\d)`);
  return {
    name: `release ${release}`,
    use: { release },
    ...(release === DEFAULT_RELEASE
      ? { grepInvert: RELEASES.filter((other) => other !== release).map(isTagged) }
      : { grep: isTagged(release) }),
  };
});

export default defineConfig<object, { release: Release }>({
  projects,
  globalSetup: './testing/runner/global-setup.ts',
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: WORKERS,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json'], ['./testing/runner/failed-page-reporter.ts']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace slows every test down; request one with --trace on.
    screenshot: 'only-on-failure',
    launchOptions: browserLaunchOptions(),
  },
});
