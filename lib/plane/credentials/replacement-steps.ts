import type { AgentHandover } from './agent-handover';
import type { ReplacementRecord } from './replacement-record';

/** A step of replacing an agent's certificate. */
export interface ReplacementStep {
  readonly id: 'add' | 'restart' | 'remove';
  readonly label: string;
  /** Whether it was observed to be done. What a person says isn't an observation. */
  readonly done: boolean;
}

/** What is known about the replacement of an agent's certificate. */
export interface ReplacementFacts {
  /** SHA-256 fingerprints of the certificates in the slot, as read. */
  readonly stored: readonly string[];
  /** The slot's last finished replacement; null if the plane remembers none. */
  readonly record: Pick<ReplacementRecord, 'action' | 'before' | 'after'> | null;
  readonly handover: AgentHandover;
}

/** Returns whether the slot is as a remembered replacement left it. */
export function isAsWritten(
  stored: readonly string[],
  record: Pick<ReplacementRecord, 'after'> | null,
): boolean {
  return (
    record !== null &&
    stored.length === record.after.length &&
    stored.every((one) => record.after.includes(one))
  );
}

/**
 * Returns the steps of replacing an agent's certificate, and which of them were observed. Without an old certificate
 * beside the new one there is none to remove.
 */
export function replacementSteps({ stored, record, handover }: ReplacementFacts): {
  readonly steps: readonly ReplacementStep[];
  readonly current: ReplacementStep['id'];
} {
  const wasWritten = isAsWritten(stored, record);
  const restarted = handover === 'observed';
  const isBundle = stored.length > 1;
  if (record && wasWritten && !isBundle && record.action !== 'keep-only') {
    const label = record.before.length === 0 ? 'Add the certificate' : 'Replace the certificate';
    return {
      steps: [
        { id: 'add', label, done: true },
        { id: 'restart', label: 'Restart the agent', done: restarted },
      ],
      current: 'restart',
    };
  }
  const isRemoved = record?.action === 'keep-only' && wasWritten && !isBundle;
  return {
    steps: [
      { id: 'add', label: 'Add the new certificate', done: isBundle || isRemoved },
      { id: 'restart', label: 'Restart the agent', done: (isBundle || isRemoved) && restarted },
      { id: 'remove', label: 'Remove the old certificate', done: isRemoved },
    ],
    current: isRemoved ? 'remove' : isBundle ? (restarted ? 'remove' : 'restart') : 'add',
  };
}
