import { defineConfig } from '@playwright/test';
import { browserLaunchOptions } from './testing/browser';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Each worker runs a control plane, a server and a browser. One at a time keeps timings honest on a small machine.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json']],
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
