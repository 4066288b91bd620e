import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startArguments } from '@/demo/cli/planeboard-process';
import { freePort } from '@/demo/process/free-port';

const root = join(import.meta.dirname, '..', '..');
const MAX_OUTPUT = 64 * 1024;

export interface ServerOptions {
  /** Path of the kubeconfig that the server uses. */
  readonly kubeconfigPath: string;
  /** Further environment variables, `PLANEBOARD_...` above all. */
  readonly env?: Record<string, string>;
  /** Where the server's bundle is; by default the build of this folder. */
  readonly folder?: string;
  /** By default a free one. */
  readonly port?: number;
}

/**
 * The production server as `npm start` runs it, as a process of its own on a port of its own. It keeps its port over
 * `kill` and `start`, so that an open page can find it again.
 */
export class PlaneboardServer {
  private child: ChildProcess | null = null;
  private outputText = '';

  private constructor(
    private readonly options: ServerOptions,
    readonly port: number,
  ) {}

  /** Starts a server and resolves when it answers. */
  static async start(options: ServerOptions): Promise<PlaneboardServer> {
    const server = new PlaneboardServer(options, options.port ?? (await freePort()));
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The newest part of what the server printed: its log lines. */
  get output(): string {
    return this.outputText;
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
        ...this.options.env,
      },
    });
    this.child = child;
    const keep = (chunk: Buffer) => {
      this.outputText = (this.outputText + chunk.toString()).slice(-MAX_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const died = once(child, 'exit').then(() => {
      throw new Error(`The server exited before it answered:\n${this.outputText}`);
    });
    // The rejection matters only while we wait.
    died.catch(() => {});
    await Promise.race([died, this.answers()]);
  }

  /** Ends the server with a signal and resolves when it is gone; the milliseconds that this took come back. */
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
