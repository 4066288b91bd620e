import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { guard, unguard } from './guardian';

const MAX_OUTPUT = 64 * 1024;
const READY_POLL_MS = 100;

export interface ProcessOptions {
  /** The name in messages: "etcd", "kube-apiserver". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Whether the process serves. A rejection counts as "not yet". */
  readonly ready: () => Promise<boolean>;
  readonly readyTimeoutMs: number;
  /** Receives the output as it arrives. The tail is stored as well. */
  readonly onOutput?: (chunk: string) => void;
}

export interface ExitReport {
  readonly name: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether `stop` or `kill` ended the process. */
  readonly expected: boolean;
  /** The end of its output. */
  readonly output: string;
}

/**
 * A server in its own process group. It is awaited until it serves, can't outlive this process, and ends together
 * with all processes it started.
 */
export class SupervisedProcess {
  /** Resolves when the process has ended for any reason. Never rejects. */
  readonly exited: Promise<ExitReport>;
  private outputTail = '';
  private endRequested = false;
  private running = true;

  private constructor(
    private readonly options: ProcessOptions,
    private readonly child: ChildProcess,
  ) {
    const keep = (chunk: Buffer) => {
      const text = chunk.toString();
      this.outputTail = (this.outputTail + text).slice(-MAX_OUTPUT);
      options.onOutput?.(text);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.exited = new Promise((resolve) => {
      const settle = (code: number | null, signal: NodeJS.Signals | null) => {
        if (!this.running) return;
        this.running = false;
        if (child.pid !== undefined) unguard(child.pid);
        resolve({
          name: options.name,
          code,
          signal,
          expected: this.endRequested,
          output: this.outputTail.slice(-4000),
        });
      };
      child.on('exit', settle);
      child.on('error', (error) => {
        this.outputTail += error.message;
        settle(null, null);
      });
    });
  }

  /**
   * Starts the process. Resolves when it serves.
   *
   * @throws with the end of its output when it ends or isn't ready in time
   */
  static async start(options: ProcessOptions): Promise<SupervisedProcess> {
    const child = spawn(options.command, options.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
      env: options.env ?? process.env,
      ...(options.cwd ? { cwd: options.cwd } : {}),
    });
    const supervised = new SupervisedProcess(options, child);
    if (child.pid !== undefined) guard(child.pid);
    try {
      await supervised.awaitReady();
    } catch (error) {
      await supervised.kill();
      throw error;
    }
    return supervised;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Sends SIGTERM, then SIGKILL after `graceMs`. Resolves when the process has ended. */
  async stop(graceMs = 10_000): Promise<void> {
    this.endRequested = true;
    if (!this.running) return;
    this.signal('SIGTERM');
    const forceKill = setTimeout(() => this.signal('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(forceKill);
  }

  /** Sends SIGKILL, as in a crash. Resolves when the process has ended. */
  async kill(): Promise<void> {
    this.endRequested = true;
    if (!this.running) return;
    this.signal('SIGKILL');
    await this.exited;
  }

  private signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined || !this.running) return;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch {
      this.child.kill(signal);
    }
  }

  /** Polls, because another process's readiness raises no event. */
  private async awaitReady(): Promise<void> {
    const { name, ready, readyTimeoutMs } = this.options;
    const deadlineMs = performance.now() + readyTimeoutMs;
    while (this.running) {
      if (await ready().catch(() => false)) return;
      if (performance.now() > deadlineMs) {
        throw new Error(`${name} wasn't ready within ${readyTimeoutMs / 1000} s:\n${this.outputTail}`);
      }
      await Promise.race([sleep(READY_POLL_MS), this.exited]);
    }
    throw new Error(`${name} exited before it was ready:\n${this.outputTail.slice(-4000)}`);
  }
}
