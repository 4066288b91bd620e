import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '@/demo/process/free-port';
import { ensureBuild } from './build';

/**
 * Runs `npm run demo` as a user does and checks that no process survives it. The tests find a demo's processes by the
 * data folder in their environment.
 */

const root = join(import.meta.dirname, '..');
const START_TIMEOUT_MS = 90_000;
const GONE_TIMEOUT_MS = 15_000;

let folder: string;
let port: number;
let output = '';
/** The fleet of the first start. */
let firstFleet: Record<string, string> = {};
const children: ChildProcess[] = [];

beforeAll(async () => {
  await ensureBuild(() => {});
}, 300_000);

beforeEach(async () => {
  folder ??= await mkdtemp(join(tmpdir(), 'planeboard-demo-'));
  port = await freePort();
  output = '';
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A failed test must not leave its demo running for the next test. */
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await expectNoneLeft();
});

interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** The processes of this demo. */
function processes(): RunningProcess[] {
  return allProcesses()
    .filter(({ environment }) => environment.includes(`DEMO_STATE_DIR=${folder}`))
    .map(({ pid, command }) => ({ pid, command }));
}

/** Every process with a readable environment, from /proc if it exists, else from ps. */
function allProcesses(): (RunningProcess & { environment: string })[] {
  if (!existsSync('/proc/self/environ')) {
    const lines = execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
    return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line, environment: line }));
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      // A zombie has no command line.
      return command === '' ? [] : [{ pid: Number(pid), command, environment }];
    } catch {
      // The process has ended or belongs to another user.
      return [];
    }
  });
}

function pidOf(part: string): number {
  const found = processes().find(({ command }) => command.includes(part));
  if (!found) throw new Error(`No ${part} among ${JSON.stringify(processes())}.`);
  return found.pid;
}

/** Starts the demo. Resolves when it reports that it is ready. */
async function startDemo(...args: string[]): Promise<ChildProcess> {
  const child = spawn('node', ['demo/bootstrap.mjs', 'demo/main.ts', '--port', String(port), ...args], {
    cwd: root,
    env: { ...process.env, DEMO_STATE_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const ready = new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Press Ctrl-C to stop')) resolve();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('exit', () => reject(new Error(`The demo ended before it was ready:\n${output}`)));
    setTimeout(
      () => reject(new Error(`The demo wasn't ready in time:\n${output}`)),
      START_TIMEOUT_MS,
    ).unref();
  });
  await ready;
  return child;
}

/** Returns the creation time of each plane. */
async function fleet(): Promise<Record<string, string>> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/planes`);
  const { planes } = (await answer.json()) as {
    planes: { plural: string; namespace?: string; name: string; createdAt: string }[];
  };
  return Object.fromEntries(
    planes.map(({ plural, namespace, name, createdAt }) => [
      `${plural}/${namespace ?? ''}/${name}`,
      createdAt,
    ]),
  );
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('exit', resolve));
}

/** Polls, because the end of a process that is no child raises no event. */
async function expectNoneLeft(): Promise<void> {
  const deadlineMs = performance.now() + GONE_TIMEOUT_MS;
  while (processes().length > 0 && performance.now() < deadlineMs) await sleep(100);
  expect(processes()).toEqual([]);
}

describe('the demo', () => {
  test('serves its fleet, reports a second demo with its port or folder, and ends cleanly with Ctrl-C', async () => {
    const child = await startDemo();
    firstFleet = await fleet();
    expect(Object.keys(firstFleet).length).toBeGreaterThan(20);
    for (const part of ['etcd', 'kube-apiserver', 'guardian', 'next-server'])
      expect(pidOf(part)).toBeGreaterThan(0);

    const second = spawn('node', ['demo/bootstrap.mjs', 'demo/main.ts', '--port', String(port)], {
      cwd: root,
      env: { ...process.env, DEMO_STATE_DIR: folder },
    });
    let secondOutput = '';
    second.stdout.on('data', (chunk: Buffer) => (secondOutput += chunk.toString()));
    second.stderr.on('data', (chunk: Buffer) => (secondOutput += chunk.toString()));
    expect(await exitOf(second)).toBe(1);
    expect(secondOutput.trim()).toBe(`Port ${port} is in use. Choose another with --port or PORT.`);

    const third = spawn('node', ['demo/bootstrap.mjs', 'demo/main.ts', '--port', String(await freePort())], {
      cwd: root,
      env: { ...process.env, DEMO_STATE_DIR: folder },
    });
    let thirdOutput = '';
    third.stderr.on('data', (chunk: Buffer) => (thirdOutput += chunk.toString()));
    expect(await exitOf(third)).toBe(1);
    expect(thirdOutput).toMatch(
      /^The demo of release 1\.2 is already running from this folder \(process \d+\)/,
    );

    const exit = exitOf(child);
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    await expectNoneLeft();
  });

  test('keeps its data for the second start', async () => {
    const child = await startDemo();
    expect(await fleet()).toEqual(firstFleet);
    const exit = exitOf(child);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    await expectNoneLeft();
  });

  test.each([
    ['etcd', 'etcd --data-dir', 'etcd exited on SIGKILL'],
    ['the API server', 'kube-apiserver --', 'kube-apiserver exited on SIGKILL'],
    ['the dashboard', 'next-server', 'Planeboard exited'],
  ])('reports the cause and ends with an error when %s dies', async (_name, part, sentence) => {
    const child = await startDemo();
    const exit = exitOf(child);
    process.kill(pidOf(part), 'SIGKILL');
    expect(await exit).toBe(1);
    expect(output).toContain(sentence);
    await expectNoneLeft();
  });

  test.each([
    ['the demo itself', 'demo/main.ts'],
    ['its starter', 'demo/bootstrap.mjs'],
  ])('leaves no process behind when %s is killed', async (_name, part) => {
    const child = await startDemo();
    const exit = exitOf(child);
    const isMain = part === 'demo/main.ts';
    // Both have the program's name in their command line, but only the starter has its own.
    const target = processes().find(
      ({ command }) => command.includes('demo/main.ts') && command.includes('demo/bootstrap.mjs') !== isMain,
    );
    process.kill(target?.pid ?? 0, 'SIGKILL');
    await exit;
    await expectNoneLeft();
  });
});
