import 'server-only';
import { processSlot } from '@/lib/server/process/process-slot';

/**
 * Runs the tasks of one registration one after the other: of a double click the second finds what the first wrote.
 * Between replicas the API server decides, as it takes a name only once.
 */
export async function inTurn<T>(registrationId: string, task: () => Promise<T>): Promise<T> {
  const last = processSlot('registrations-under-way', () => new Map<string, Promise<unknown>>());
  const before = last.get(registrationId) ?? Promise.resolve();
  // How the one before ended is its own caller's business.
  const run = before.then(task, task);
  last.set(registrationId, run);
  try {
    return await run;
  } finally {
    if (last.get(registrationId) === run) last.delete(registrationId);
  }
}
