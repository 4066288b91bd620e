import 'server-only';
import type { Logger } from 'pino';

/**
 * Logs the outages of something that is retried for ever: when one begins, when its cause changes, and when it ends.
 */
export class OutageLog {
  private code: string | null = null;

  /** @param what the subject of the log's sentences */
  constructor(
    private readonly log: Logger,
    private readonly what: string,
  ) {}

  /** @param details for the log; never the value of a credential */
  failed(code: string, details: Readonly<Record<string, unknown>> = {}): void {
    const level = this.code === code ? 'debug' : 'warn';
    this.code = code;
    this.log[level]({ code, ...details }, `${this.what} failed`);
  }

  worked(): void {
    if (this.code === null) return;
    this.code = null;
    this.log.info(`${this.what} works again`);
  }
}
