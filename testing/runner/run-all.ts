import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { resolveControlPlaneBinaries } from '@/demo/binaries/resolve-binaries';
import { ensureBuild } from '@/demo/build';
import { startSlots } from '@/testing/control-plane/slots';
import { ensureBrowser } from './browser';
import { changedFiles } from './changed-files';
import { ensureNginx } from './nginx';
import { type Outcome, readPlaywrightReport, readVitestReport, slowestTests } from './reports';
import { ensureShellCheck } from './shellcheck';
import { specsOfChanges } from './specs-of-changes';
import { WORKERS } from './workers';

/**
 * `npm test`: installs what the tests need, runs them (unit, integration against a real API server, end to end in a
 * real browser) and ends with the line `N passed, N failed`.
 */

const KINDS = ['unit', 'integration', 'e2e'] as const;
type Kind = (typeof KINDS)[number];

const root = join(import.meta.dirname, '..', '..');
const reports = join(root, '.cache', 'test-reports');

const SLOWEST_COUNT = 20;

async function main(): Promise<void> {
  const { kinds, since, rest } = parseArguments(process.argv.slice(2));
  const files = since === null ? null : changedFiles(root, since);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  // The first build of the control plane's programs takes minutes, so it happens before any test's time limit starts.
  if (kinds.includes('integration')) ensureShellCheck(console.log);
  const needsControlPlane = kinds.some((kind) => kind !== 'unit');
  if (needsControlPlane) await resolveControlPlaneBinaries(console.log);

  const outcomes: Outcome[] = [];
  const stopSlots = needsControlPlane ? await startSlots(WORKERS) : async () => {};
  try {
    for (const kind of kinds) {
      if (kind === 'e2e') outcomes.push(await runPlaywright(files, rest));
      else outcomes.push(await runVitest(kind, since, rest));
    }
  } finally {
    await stopSlots();
  }
  const tests = outcomes.flatMap((outcome) => outcome.tests);
  console.log(`\nThe slowest tests:\n${slowestTests(tests, SLOWEST_COUNT)}`);
  const passed = sum(outcomes.map((outcome) => outcome.passed));
  const failed = sum(outcomes.map((outcome) => outcome.failed));
  console.log(`\n${passed} passed, ${failed} failed`);
  // After a change of documents alone, there is nothing to run.
  process.exitCode = failed === 0 && (passed > 0 || since !== null) ? 0 : 1;
}

interface Arguments {
  readonly kinds: readonly Kind[];
  /** Only what changed since this commit; null: everything. */
  readonly since: string | null;
  /** Passed on to Vitest and Playwright. */
  readonly rest: readonly string[];
}

function parseArguments(args: readonly string[]): Arguments {
  const rest = [...args];
  let kinds: readonly Kind[] = KINDS;
  let since: string | null = null;
  const only = rest.indexOf('--only');
  if (only !== -1) {
    const [, name] = rest.splice(only, 2);
    const kind = KINDS.find((known) => known === name);
    if (!kind) throw new Error(`--only takes one of ${KINDS.join(', ')}.`);
    kinds = [kind];
  }
  const changed = rest.indexOf('--changed');
  if (changed !== -1) {
    const isNamed = rest[changed + 1]?.startsWith('-') === false;
    since = isNamed ? (rest[changed + 1] ?? '') : 'HEAD';
    rest.splice(changed, isNamed ? 2 : 1);
  }
  return { kinds, since, rest };
}

async function runVitest(
  kind: 'unit' | 'integration',
  since: string | null,
  rest: readonly string[],
): Promise<Outcome> {
  console.log(`\n== ${kind} tests ==`);
  const file = join(reports, `${kind}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const selection = since === null ? [] : ['--changed', since, '--passWithNoTests'];
  const code = await run('vitest', ['run', '--project', kind, ...reporters, ...selection, ...rest]);
  return readVitestReport(file, root, code);
}

/** @param files the changed files; null: run everything */
async function runPlaywright(files: readonly string[] | null, rest: readonly string[]): Promise<Outcome> {
  console.log('\n== end-to-end tests ==');
  const specs = files === null ? 'all' : specsOfChanges(files);
  if (specs.length === 0) {
    console.log('The change touches no surface.');
    return { passed: 0, failed: 0, tests: [] };
  }
  ensureBrowser(console.log);
  ensureNginx(console.log);
  // The tests run against the production build.
  await ensureBuild(console.log);
  const file = join(reports, 'e2e.json');
  const selection = specs === 'all' ? [] : specs;
  const code = await run('playwright', ['test', ...selection, ...rest], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  return readPlaywrightReport(file, code);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
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
