/** Why the demo ends, and its exit code. */
export interface Ending {
  readonly reason: string;
  readonly code: number;
}

/**
 * Resolves `requested` on the first request to end: a signal, the end of the starting process, or `fail`. Ignores
 * further requests, so a second Ctrl-C doesn't interrupt the shutdown.
 */
export class Shutdown {
  readonly requested: Promise<Ending>;
  private request: (ending: Ending) => void = () => {};

  constructor() {
    this.requested = new Promise((resolve) => {
      this.request = resolve;
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.request({ reason: 'Stopping…', code: 0 }));
    }
    // The starter holds the other end of the channel, which closes even when the starter is killed.
    if (process.channel) {
      process.on('disconnect', () => this.request({ reason: 'The parent process ended.', code: 1 }));
      process.channel.unref();
    }
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => this.fail(`The demo failed: ${textOf(error)}`));
    }
  }

  /** Ends everything with an error as exit code. */
  fail(reason: string): void {
    this.request({ reason, code: 1 });
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
