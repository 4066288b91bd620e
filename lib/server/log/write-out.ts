import 'server-only';
import { writeSync } from 'node:fs';

const STANDARD_OUTPUT = 1;
/** How long a full pipe may take before its reader counts as stuck. The process stands still meanwhile. */
const PATIENCE_MS = 2000;
const PAUSE_MS = 10;

/**
 * Writes a text to a file descriptor. When it returns, the operating system has all of it, so it survives the end of
 * this process.
 *
 * @throws Error when the output is closed, full, or not read for 2 s
 */
export function writeOut(text: string, fileDescriptor = STANDARD_OUTPUT): void {
  let rest = Buffer.from(text);
  let waitedMs = 0;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fileDescriptor, rest));
    } catch (error) {
      // A pipe that another process opened without blocking is full.
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      if (!isFull || waitedMs >= PATIENCE_MS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
      waitedMs += PAUSE_MS;
    }
  }
}
