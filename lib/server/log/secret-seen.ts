import 'server-only';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';
import type { AuditActor } from './audit';
import { auditEvent } from './audited-event';
import { FirstInPeriod } from './first-in-period';

/** Logs that a person gets to see facts about a Secret, once in an hour for each person and Secret. */
export function noteSecretSeen(
  viewer: AuditActor,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): void {
  const logged = processSlot('audited-secrets', () => new FirstInPeriod(HOUR_MS));
  const key = JSON.stringify([viewer.user, namespace, name]);
  if (logged.take(key, monotonicMs()) !== null) auditEvent(viewer, { event: 'secret-seen', namespace, name });
}
