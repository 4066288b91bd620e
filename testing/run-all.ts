import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { resolveControlPlaneBinaries } from '@/demo/binaries/resolve-binaries';
import { ensureBuild } from '@/demo/build';
import { z } from '@/lib/zod';
import { startSlots } from '@/testing/control-plane/slots';
import { ensureBrowser } from './browser';
import { WORKERS } from './workers';

/**
 * `npm test`: installs what the tests need, runs them (unit, integration against a real API server, end to end in a
 * real browser) and ends with the line `N passed, N failed`.
 */

const KINDS = ['unit', 'integration', 'e2e'] as const;
type Kind = (typeof KINDS)[number];

interface Outcome {
  passed: number;
  failed: number;
}

const root = join(import.meta.dirname, '..');
const reports = join(root, '.cache', 'test-reports');

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

async function main(): Promise<void> {
  const { kinds, rest } = parseArguments(process.argv.slice(2));
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  // The first build of the control plane's programs takes minutes, so it happens before any test's time limit starts.
  const needsControlPlane = kinds.some((kind) => kind !== 'unit');
  if (needsControlPlane) await resolveControlPlaneBinaries(console.log);

  const total: Outcome = { passed: 0, failed: 0 };
  const stopSlots = needsControlPlane ? await startSlots(WORKERS) : async () => {};
  try {
    for (const kind of kinds) {
      const outcome = kind === 'e2e' ? await runPlaywright(rest) : await runVitest(kind, rest);
      total.passed += outcome.passed;
      total.failed += outcome.failed;
    }
  } finally {
    await stopSlots();
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

function parseArguments(args: string[]): { kinds: readonly Kind[]; rest: string[] } {
  const index = args.indexOf('--only');
  if (index === -1) return { kinds: KINDS, rest: args };
  const kind = KINDS.find((name) => name === args[index + 1]);
  if (!kind) throw new Error(`--only must be one of ${KINDS.join(', ')}.`);
  return { kinds: [kind], rest: args.toSpliced(index, 2) };
}

async function runVitest(kind: 'unit' | 'integration', rest: string[]): Promise<Outcome> {
  console.log(`\n== ${kind} tests ==`);
  const file = join(reports, `${kind}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run('vitest', ['run', '--project', kind, ...reporters, ...rest]);
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  // A skipped test counts as failed. So does a crash outside any test.
  const failed = report.numFailedTests + report.numPendingTests;
  return { passed: report.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function runPlaywright(rest: string[]): Promise<Outcome> {
  console.log('\n== end-to-end tests ==');
  ensureBrowser(console.log);
  // The tests run against the production build.
  await ensureBuild(console.log);
  const file = join(reports, 'e2e.json');
  const code = await run('playwright', ['test', ...rest], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  const { stats } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return { passed: stats.expected, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function run(program: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(join(root, 'node_modules', '.bin', program), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

await main();
