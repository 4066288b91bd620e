import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startArguments } from '@/demo/cli/planeboard-process';
import type { LoadStream } from './load';

const VIEWS = 5;

export interface ViewServer {
  /** One for each view. */
  readonly streams: readonly LoadStream[];
  readonly pid: number;
  readonly stop: () => void;
}

/** Starts the server of several views with the heap of `npm start`. Resolves when it has read the fleet. */
export async function startViewServer(kubeconfigPath: string): Promise<ViewServer> {
  const script = join(import.meta.dirname, '..', '..', 'testing', 'server', 'view-server.ts');
  const child = spawn(
    process.execPath,
    [
      ...startArguments().slice(0, -1),
      '--conditions=react-server',
      '--import',
      'tsx',
      script,
      kubeconfigPath,
    ],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  );
  if (!child.stdout) throw new Error('The server of several views has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const streams = Array.from({ length: VIEWS }, (_, view) => ({ url: `http://127.0.0.1:${line}/${view}` }));
    return { streams, pid: child.pid ?? 0, stop: () => void child.kill('SIGKILL') };
  }
  throw new Error('The server of several views ended before it had read the fleet.');
}
