'use client';

import { useState } from 'react';
import type { SlotState } from '@/lib/api/replacements';
import { removalOutcome } from '@/lib/plane/credentials/agent-handover';
import type { ReplacementRecord } from '@/lib/plane/credentials/replacement-record';
import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { CaChange } from './removal-result';
import type { RemovedCertificates } from './removed-certificates';
import type { AnsweredReplacement } from './use-credential-replacement';

interface KnownChanges {
  readonly plane: Plane;
  /** The last replacement, if the slot is still as it left it. */
  readonly record: ReplacementRecord | null;
  readonly isBundle: boolean;
  /** What this tab removed last. */
  readonly removed: RemovedCertificates | null;
  /** What this page has just written. */
  readonly written: AnsweredReplacement | null;
  readonly state: SlotState | null;
}

/**
 * Returns the change of the agent's CA whose result the page shows, or null. Its own tab follows a change until the
 * person begins again. Everyone else is told only if the agent hasn't connected since.
 */
export function useCaChange({
  plane,
  record,
  isBundle,
  removed,
  written,
  state,
}: KnownChanges): (CaChange & { readonly dismiss: () => void }) | null {
  const [dismissed, setDismissed] = useState<string | null>(null);
  if (isBundle || record === null || record.action === 'add' || record.id === dismissed) return null;
  const oldFingerprints = record.before.filter((one) => !record.after.includes(one));
  const isOwn = written !== null || removed !== null;
  if (!isOwn && (oldFingerprints.length === 0 || !isLostSince(plane, record.at))) return null;
  return {
    title:
      record.action === 'keep-only'
        ? 'Old certificate removed'
        : oldFingerprints.length === 0
          ? 'Certificate added'
          : 'Certificate replaced',
    by: record.by,
    at: record.at,
    oldPem: state?.finished?.oldCertificates ?? removed?.pem ?? null,
    isStored: state?.finished?.restorable === true,
    oldFingerprints,
    dismiss: () => setDismissed(record.id),
  };
}

/** Returns whether no agent is connected, and none has connected since a change. */
function isLostSince(plane: Plane, at: string): boolean {
  if (removalOutcome(plane, at) !== 'lost') return false;
  const connectedMs = parseTimeMs(plane.agent?.lastConnectedTime);
  const changedMs = parseTimeMs(at);
  return connectedMs === null || changedMs === null || connectedMs < changedMs;
}
