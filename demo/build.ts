import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { guard, unguard } from '@/demo/process/guardian';

const root = join(import.meta.dirname, '..');

/** The inputs of the production build. */
const INPUTS = [
  'app',
  'components',
  'lib',
  'public',
  'deploy',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation-client.ts',
];

/** Whether the production build is missing or older than any of its inputs. */
function buildIsStale(): boolean {
  const server = join(root, '.next', 'standalone', 'server.js');
  // `next build` writes the id last; only then are the assets copied beside the server.
  const id = join(root, '.next', 'BUILD_ID');
  if (!existsSync(id) || !existsSync(server)) return true;
  const builtAtMs = statSync(id).mtimeMs;
  return INPUTS.map((input) => join(root, input)).some(
    (path) => existsSync(path) && newestChangeMs(path) > builtAtMs,
  );
}

/**
 * Builds for production unless the build is up to date.
 *
 * @throws with the end of the build's output when the build fails
 */
export async function ensureBuild(say: (line: string) => void): Promise<void> {
  if (!buildIsStale()) return;
  say('Building Planeboard for production (about 30 s)…');
  const child = spawn('npm', ['run', 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  // If this process dies, the build and its workers must end too.
  const { pid } = child;
  if (pid !== undefined) guard(pid);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (pid !== undefined) unguard(pid);
  if (code !== 0) throw new Error(`The build failed:\n${output.slice(-4000)}`);
}

/** The newest change below a path. A folder's own time counts too, because it shows removals. Tests are no input. */
function newestChangeMs(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return /\.(test|spec)\.tsx?$/.test(path) ? 0 : stats.mtimeMs;
  const children = readdirSync(path).map((name) => newestChangeMs(join(path, name)));
  return Math.max(stats.mtimeMs, ...children);
}
