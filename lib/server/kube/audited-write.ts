import 'server-only';
import { randomUUID } from 'node:crypto';
import { type AuditActor, type AuditedChange, auditIntent, auditOutcome } from '@/lib/server/log/audit';
import { asKubeError, KubeError } from './kube-error';

/**
 * A write whose intent is in the audit log. Only `auditedWrite` begins one, and every request that changes an object
 * takes one, so nothing is written without a line.
 */
export class AuditedWrite {
  /** Sent to the API server as `Audit-ID`, which its own audit log has as `auditID`. */
  readonly id = randomUUID();

  private constructor(
    private readonly actor: AuditActor,
    private readonly change: AuditedChange,
  ) {}

  /** @throws KubeError `not-audited` when the intent can't be logged */
  static async begin(actor: AuditActor, change: AuditedChange): Promise<AuditedWrite> {
    const audited = new AuditedWrite(actor, change);
    try {
      await auditIntent(audited.id, actor, change);
    } catch {
      // The intent may still be read later, and must not look like a write.
      audited.ended('not-audited');
      throw new KubeError(
        'not-audited',
        "Planeboard's audit log can't be written, so nothing was sent. Check where the server's output goes.",
      );
    }
    return audited;
  }

  /** Logs an outcome: `done`, or the code of an error. A later one is what became known since. */
  ended(outcome: string): void {
    auditOutcome(this.id, this.actor, this.change, outcome);
  }
}

/**
 * Logs the intent, writes, and logs the outcome, all with one id. A process that ends in between leaves an intent
 * without an outcome, never a change without a line.
 *
 * @param write sends exactly one write
 * @throws KubeError what `write` threw; `not-audited` when the intent couldn't be logged, and nothing was sent
 */
export async function auditedWrite<T>(
  actor: AuditActor,
  change: AuditedChange,
  write: (audited: AuditedWrite) => Promise<T>,
): Promise<T> {
  const audited = await AuditedWrite.begin(actor, change);
  try {
    const written = await write(audited);
    audited.ended('done');
    return written;
  } catch (error) {
    const failure = asKubeError(error);
    audited.ended(failure.code);
    throw failure;
  }
}
