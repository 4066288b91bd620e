import 'server-only';
import { type Logger, pino } from 'pino';
import { getConfig } from '@/lib/server/config/config';
import { processSlot } from '@/lib/server/process/process-slot';

/**
 * The process's log: JSON lines on standard output. Values of Secrets and credentials are never handed to it; the
 * redaction is the second net, for the fields under which they would come.
 */
export function log(): Logger {
  return processSlot('log', () =>
    pino({
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
    }),
  );
}
