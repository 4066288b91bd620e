import 'server-only';
import { ProblemError } from '@/lib/server/http/problem';
import { type AuditActor, type AuditedSession, auditSession } from '@/lib/server/log/audit';

/**
 * Logs what happens to a session.
 *
 * @throws ProblemError `not-audited`: nobody gets in unrecorded
 */
export async function audited(actor: AuditActor, change: AuditedSession): Promise<void> {
  try {
    await auditSession(actor, change);
  } catch {
    throw new ProblemError('not-audited', "The audit log can't be written, so you can't sign in now.");
  }
}
