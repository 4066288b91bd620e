import { pino } from 'pino';
import { processSlot } from '@/lib/server/process/process-slot';

/** Keeps what the server logs from now on, line by line, in the place of standard output. */
export function keepLog(): string[] {
  const lines: string[] = [];
  processSlot('log', () => pino({ base: null }, { write: (line: string) => void lines.push(line) }));
  return lines;
}
