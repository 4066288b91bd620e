import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { startArguments } from '@/demo/cli/planeboard-process';
import { freePort } from '@/demo/process/free-port';

/** Waits and age limits of tests take a tenth of their time. */
const TEST_PACE = 10;

/**
 * The environment of a server at real pace: for measurements, and for tests of what a wall shows over some time, on which
 * the load of the machine must have no influence.
 */
export const REAL_PACE = { PLANEBOARD_TEST_PACE: '1' };

const root = join(import.meta.dirname, '..', '..');
/** Characters of kept lines. */
const MAX_OUTPUT = 1024 * 1024;

export interface ServerOptions {
  /** The path of the server's kubeconfig. */
  readonly kubeconfigPath: string;
  /** More environment variables, such as `PLANEBOARD_...`. */
  readonly env?: Record<string, string>;
  /** The folder with the server's bundle; by default this repository. */
  readonly folder?: string;
  /** The port; by default a free one. */
  readonly port?: number;
}

/**
 * The production server as `npm start` runs it, in its own process on its own port. It keeps its port across `kill`
 * and `start`, so an open page can reconnect.
 */
export class PlaneboardServer {
  private child: ChildProcess | null = null;
  private readonly outputLines: string[] = [];
  private outputLength = 0;

  private constructor(
    private readonly options: ServerOptions,
    readonly port: number,
  ) {}

  /** Starts a server. Resolves when it answers. */
  static async start(options: ServerOptions): Promise<PlaneboardServer> {
    const server = new PlaneboardServer(options, options.port ?? (await freePort()));
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The end of the server's output: its log lines. */
  get output(): string {
    return this.outputLines.join('\n');
  }

  /** The same, line by line. Each of them is complete. */
  get lines(): readonly string[] {
    return this.outputLines;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    const child = spawn(join(root, 'node_modules', '.bin', 'node'), startArguments(), {
      cwd: this.options.folder ?? root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        NODE_ENV: 'production',
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '',
        KUBECONFIG: this.options.kubeconfigPath,
        PORT: String(this.port),
        PLANEBOARD_TEST_PACE: String(TEST_PACE),
        ...this.options.env,
      },
    });
    this.child = child;
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on('line', (line) => this.keep(line));
    const died = once(child, 'exit').then(() => {
      throw new Error(`The server exited before it answered:\n${this.output}`);
    });
    // The rejection only matters while the race runs.
    died.catch(() => {});
    await Promise.race([died, this.answers()]);
  }

  /** Ends the server with a signal. Resolves when it is gone, with the time this took in milliseconds. */
  async kill(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return 0;
    const startedAtMs = performance.now();
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return performance.now() - startedAtMs;
  }

  private keep(line: string): void {
    this.outputLines.push(line);
    this.outputLength += line.length;
    while (this.outputLength > MAX_OUTPUT) this.outputLength -= this.outputLines.shift()?.length ?? 0;
  }

  private async answers(): Promise<void> {
    for (;;) {
      const ok = await fetch(`${this.url}/healthz`).then(
        (response) => response.ok,
        () => false,
      );
      if (ok) return;
      await sleep(50);
    }
  }
}
