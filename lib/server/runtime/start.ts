import 'server-only';
import { getConfig, parseConfig } from '@/lib/server/config/config';
import { log } from '@/lib/server/log/log';
import { getRuntime } from './get-runtime';

/** Streams get this long to hand their last frame to the reader before the process ends. */
const LAST_FRAME_MS = 250;

/**
 * Starts what lives as long as the process, before the first request. A wrong setting ends the process with one
 * sentence; an API server that cannot be reached does not: the pages say so, and it is tried again for ever.
 */
export function startServer(): void {
  const outcome = parseConfig(process.env);
  if (!outcome.ok) stop(outcome.problems.join(' '));
  try {
    const { installation } = getRuntime();
    const { readOnly, context } = getConfig();
    log().info({ installation, readOnly, ...(context ? { context } : {}) }, 'planeboard starts');
  } catch (error) {
    stop(error instanceof Error ? error.message : 'The server cannot start.');
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => shutDown(signal));
}

/** Open streams would hold the process up for ever: they end first, and get a moment to say so. */
function shutDown(signal: 'SIGTERM' | 'SIGINT'): void {
  getRuntime()
    .stop()
    // The process ends all the same; what hindered it must not become an unhandled rejection.
    .catch((error: unknown) =>
      log().error({ error: error instanceof Error ? error.name : typeof error }, 'stopping failed'),
    );
  setTimeout(() => process.exit(exitCode(signal)), LAST_FRAME_MS);
}

function exitCode(signal: 'SIGTERM' | 'SIGINT'): number {
  return signal === 'SIGTERM' ? 143 : 130;
}

function stop(sentence: string): never {
  process.stderr.write(`Planeboard cannot start: ${sentence}\n`);
  process.exit(1);
}
