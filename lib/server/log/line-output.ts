import 'server-only';
import type { Writable } from 'node:stream';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import { processSlot } from '@/lib/server/process/process-slot';

/** How much may wait for whatever reads the output. Lines beyond that are dropped, so a stuck reader fills no memory. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** How long a line that must be out may wait. */
const PATIENCE_MS = 2 * SECOND_MS;

/**
 * An output for lines that never blocks the process, even when nothing reads it: pino's own output would wait for a
 * full pipe, and with it every page and every stream.
 */
export class LineOutput {
  private dropped = 0;

  constructor(private readonly output: Writable) {
    // Each write reports its own error. A reader that is gone doesn't end the server.
    output.on('error', () => {});
  }

  /** Writes a line, with its end. Drops it when too much already waits, and says so when the output is read again. */
  write(line: string): void {
    if (this.isFull()) {
      this.dropped += 1;
      return;
    }
    if (this.dropped > 0) this.output.write(droppedLine(this.dropped));
    this.dropped = 0;
    this.output.write(line);
  }

  /**
   * Writes a line, with its end. Resolves when the operating system has all of it, so it survives the end of this
   * process.
   *
   * @throws Error when the output is closed or full, or isn't read for 2 s
   */
  writeOut(line: string): Promise<void> {
    if (this.isFull()) return Promise.reject(new Error('The output is full.'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("The output isn't read.")), paced(PATIENCE_MS));
      this.output.write(line, (error) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      });
    });
  }

  private isFull(): boolean {
    return this.output.writableLength > MAX_WAITING_BYTES;
  }
}

/** Returns the process's standard output. */
export function standardOutput(): LineOutput {
  return processSlot('standard-output', () => new LineOutput(process.stdout));
}

function droppedLine(lines: number): string {
  const msg = 'log lines were dropped because nothing read the output';
  return `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lines, msg })}\n`;
}
