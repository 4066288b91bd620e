import 'server-only';
import type { Logger } from 'pino';

/** Tells of something that is tried again and again when it begins to fail, when it fails otherwise, and when it ends. */
export class OutageLog {
  private code: string | null = null;

  /** @param what begins the log's sentences */
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
