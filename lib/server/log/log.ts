import 'server-only';
import { type Logger, pino } from 'pino';
import { getConfig } from '@/lib/server/config/config';
import { processSlot } from '@/lib/server/process/process-slot';
import { standardOutput } from './line-output';

/**
 * Returns the process's log: JSON lines on standard output. Callers never pass values of Secrets and credentials to
 * it. The redaction is a second safeguard, for the fields that would contain them.
 */
export function log(): Logger {
  return processSlot('log', () =>
    pino(
      {
        level: getConfig().logLevel,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (level) => ({ level }) },
        redact: {
          paths: [
            'authorization',
            'token',
            'password',
            'headers',
            '*.authorization',
            '*.token',
            '*.password',
            '*.headers',
          ],
          remove: true,
        },
      },
      { write: (line: string) => standardOutput().write(line) },
    ),
  );
}
