import { readFileSync } from 'node:fs';
import { z } from '@/lib/zod';

/** What a run's report says. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly TimedTest[];
}

/** One test with the time that it took. */
export interface TimedTest {
  readonly title: string;
  readonly durationMs: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), duration: z.number().nullish() })),
    }),
  ),
});

const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ results: z.array(z.object({ duration: z.number() })) })),
});
interface Suite {
  readonly specs: readonly z.infer<typeof spec>[];
  readonly suites?: readonly Suite[] | undefined;
}
const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(spec), suites: z.array(suite).optional() }),
);
const playwrightReport = z.object({
  suites: z.array(suite),
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/**
 * Reads Vitest's JSON report. A skipped test counts as failed, and so does a crash outside any test.
 *
 * @param exitCode the exit code of the run
 */
export function readVitestReport(file: string, root: string, exitCode: number): Outcome {
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const failed = report.numFailedTests + report.numPendingTests;
  return {
    passed: report.numPassedTests,
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
    tests: report.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, duration }) => ({
        title: `${name.replace(`${root}/`, '')} ${fullName}`,
        durationMs: duration ?? 0,
      })),
    ),
  };
}

/** Reads Playwright's JSON report; otherwise like `readVitestReport`. A flaky test counts as failed. */
export function readPlaywrightReport(file: string, exitCode: number): Outcome {
  const { suites, stats } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return {
    passed: stats.expected,
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
    tests: specsOf(suites).flatMap(({ title, file: specFile, tests }) =>
      tests.map(({ results }) => ({
        title: `e2e/${specFile} ${title}`,
        durationMs: results.reduce((total, { duration }) => total + duration, 0),
      })),
    ),
  };
}

function specsOf(suites: readonly Suite[]): readonly z.infer<typeof spec>[] {
  return suites.flatMap(({ specs, suites: inner }) => [...specs, ...specsOf(inner ?? [])]);
}

/** Returns a table of the slowest tests, slowest first. */
export function slowestTests(tests: readonly TimedTest[], count: number): string {
  return tests
    .toSorted((a, b) => b.durationMs - a.durationMs)
    .slice(0, count)
    .map(({ title, durationMs }) => `${(durationMs / 1000).toFixed(1).padStart(7)} s  ${title}`)
    .join('\n');
}
