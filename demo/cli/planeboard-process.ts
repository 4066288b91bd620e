import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SupervisedProcess } from '@/demo/process/supervised-process';
import { z } from '@/lib/zod';

const root = join(import.meta.dirname, '..', '..');
const READY_TIMEOUT_MS = 60_000;
/** A development server compiles its first page only on request. */
const DEV_READY_TIMEOUT_MS = 180_000;

const fleetSchema = z.object({ sources: z.array(z.object({ state: z.string() })) });

export interface PlaneboardOptions {
  readonly kubeconfigPath: string;
  readonly port: number;
  /** More environment variables, such as those of a sign-in. */
  readonly env: Readonly<Record<string, string>>;
  /** Hot reload instead of the production build. */
  readonly dev: boolean;
  /** Receives the log of the production server. */
  readonly logFile: string;
}

/** Starts the dashboard against the demo's control plane, as a user would. Resolves when it shows the fleet. */
export function startPlaneboard(options: PlaneboardOptions): Promise<SupervisedProcess> {
  const { dev, port } = options;
  const log = dev ? process.stdout : createWriteStream(options.logFile, { flags: 'w' });
  const { PLANEBOARD_INSTALLATION: _name, PLANEBOARD_CONTEXT: _context, ...env } = process.env;
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  // Next.js passes this on to the process that serves.
  const entry = pathToFileURL(join(root, 'deploy', 'http-entry.mjs')).href;
  return SupervisedProcess.start({
    name: 'Planeboard',
    command: process.execPath,
    args: dev
      ? ['--import', entry, next, 'dev', '--hostname', '127.0.0.1', '--port', String(port)]
      : startArguments(),
    cwd: root,
    env: {
      ...env,
      ...options.env,
      // A NODE_ENV in the demo's environment must not turn a production server into a development one or vice versa.
      NODE_ENV: dev ? 'development' : 'production',
      KUBECONFIG: options.kubeconfigPath,
      PLANEBOARD_HOST: '127.0.0.1',
      PORT: String(port),
      NEXT_TELEMETRY_DISABLED: '1',
    },
    onOutput: (chunk) => log.write(chunk),
    readyTimeoutMs: dev ? DEV_READY_TIMEOUT_MS : READY_TIMEOUT_MS,
    ready: () => showsItsFleet(`http://127.0.0.1:${port}`),
  });
}

/** Whether the server answers and has read every kind. Until then its pages are correct but empty. */
async function showsItsFleet(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`);
  if (!answer.ok) return false;
  const { sources } = fleetSchema.parse(await answer.json());
  return sources.length > 0 && sources.every(({ state }) => state === 'live');
}

const manifestSchema = z.object({ scripts: z.object({ start: z.string().startsWith('node ') }) });

/**
 * Returns the arguments that `npm start` passes to Node. The demo, the tests and the benchmark start the same server
 * with them, but without npm, which would intercept signals.
 */
export function startArguments(): string[] {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  return manifestSchema.parse(JSON.parse(manifest)).scripts.start.split(' ').slice(1);
}
