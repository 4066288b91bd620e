import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './testing/runner/longest-first.ts';
import { WORKERS } from './testing/runner/workers.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const shared = {
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      // Outside Next there is no boundary between server and browser to guard.
      'server-only': `${root}node_modules/server-only/empty.js`,
    },
  },
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          // Importing the same modules anew for each file would take more than half of the time.
          isolate: false,
          setupFiles: ['./testing/runner/unit-setup.ts'],
          // Thousands of seeded cases in one test take seconds on a busy machine.
          testTimeout: 30_000,
          include: ['{app,components,lib,demo,e2e,testing}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['{app,components,lib,demo,e2e,testing}/**/*.integration.test.ts'],
          globalSetup: ['./testing/runner/global-setup.ts'],
          setupFiles: ['./testing/runner/integration-pace.ts'],
          maxWorkers: WORKERS,
          // After the unit tests, which use all processors.
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // What usually takes milliseconds takes seconds on a busy machine. The default is 1 s.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
