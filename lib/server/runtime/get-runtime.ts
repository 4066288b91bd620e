import 'server-only';
import { processSlot } from '@/lib/server/process/process-slot';
import type { Runtime } from './create-runtime';

/**
 * Returns the process's runtime, which `startServer` starts before the first request.
 *
 * Only the type is imported: Next bundles what each route imports once more, and loads it all at the start.
 *
 * @throws Error if the server wasn't started
 */
export function getRuntime(): Runtime {
  return processSlot('runtime', () => {
    throw new Error("Planeboard's runtime hasn't been started.");
  });
}
