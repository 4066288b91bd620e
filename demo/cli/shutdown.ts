/** What ends the demo, and with which exit code. */
export interface Ending {
  readonly reason: string;
  readonly code: number;
}

/**
 * Resolves when this process is asked to end: by a signal, by the end of the process that started it, or by `fail`.
 * Further requests change nothing, so an impatient second Ctrl-C does not cut the first one short.
 */
export class Shutdown {
  readonly requested: Promise<Ending>;
  private request: (ending: Ending) => void = () => {};

  constructor() {
    this.requested = new Promise((resolve) => {
      this.request = resolve;
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.request({ reason: 'Stopping ...', code: 0 }));
    }
    // The starter holds one end of a channel: its end tells that it is gone, also when it was killed.
    if (process.channel) {
      process.on('disconnect', () => this.request({ reason: 'The starting process is gone.', code: 1 }));
      process.channel.unref();
    }
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => this.fail(`The demo itself failed: ${textOf(error)}`));
    }
  }

  /** Something broke: everything ends, and the exit code says so. */
  fail(reason: string): void {
    this.request({ reason, code: 1 });
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
