'use client';

import { useCallback, useState } from 'react';
import { usePeriodicRefresh } from '@/components/agent-setup/use-periodic-refresh';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Card } from '@/components/ui/card';
import { Stepper } from '@/components/ui/stepper';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import { ConnectedAgents, useAgentHandover } from './agent-watch';
import { HandoverSteps } from './handover-steps';
import { NewCertificateForm } from './new-certificate-form';
import { RemovalResult } from './removal-result';
import { readRemovedCertificates, storeRemovedCertificates } from './removed-certificates';
import { RestartAgent } from './restart-agent';
import { useCredentialReplacement } from './use-credential-replacement';

const STEPS = [
  { id: 'add', label: 'Add the new certificate' },
  { id: 'restart', label: 'Restart the agent' },
  { id: 'remove', label: 'Remove the old certificate' },
] as const;
/** The first certificate of a slot has no old one to keep and remove. */
const STEPS_OF_FIRST = [{ id: 'add', label: 'Add the certificate' }, STEPS[1]] as const;

/**
 * Replaces the certificate that verifies a plane's agent without ever rejecting the agent: old and new are stored
 * together until the agent uses the new one. The current step follows from what is stored, so anyone can continue a
 * replacement that someone else began.
 */
export function ReplaceAgentCertificate({
  current,
  ca,
  slot,
}: {
  readonly current: CurrentPlane;
  readonly ca: AgentCa;
  readonly slot: CredentialSlot;
}) {
  const { plane } = current.row;
  const watch = useAgentHandover(plane);
  const [removed, setRemoved] = useState(() => readRemovedCertificates(plane.uid, slot.id));
  const rereadRemovedCertificates = useCallback(
    () => setRemoved(readRemovedCertificates(plane.uid, slot.id)),
    [plane.uid, slot.id],
  );
  const replacement = useCredentialReplacement(plane, () => {
    storeRemovedCertificates(plane.uid, slot.id, null);
    setRemoved(null);
  });
  const { certificates } = ca;
  const isBundle = certificates.length > 1;
  // The state when the page was opened: writing the first certificate fills the slot.
  const [beganEmpty] = useState(() => isEmpty(ca));
  const written = replacement.state.phase === 'written' ? replacement.state : null;
  const isFirst = beganEmpty && (written !== null || isEmpty(ca));
  // If the slot was empty or had the same certificate, no old one is stored beside the new one.
  const isAlone = written?.request.action === 'replace' || (written?.answer.fingerprints.length ?? 0) === 1;
  const isReplaced = isAlone && !isBundle;
  // A failed refresh is the last warning; the ones before it were shown with the dry run.
  const refreshWarning =
    replacement.state.phase === 'written' && replacement.state.answer.refreshedAt === null
      ? replacement.state.answer.warnings.at(-1)
      : undefined;
  // After a write the page waits for the controller's report.
  usePeriodicRefresh(planeKey(plane), isBundle || isReplaced || removed !== null, false);
  const step = isBundle || (isFirst && isReplaced) ? 'restart' : removed || isReplaced ? 'remove' : 'add';
  const steps = isFirst && !isBundle ? STEPS_OF_FIRST : STEPS;
  const at = STEPS.findIndex(({ id }) => id === step);
  const form = (
    <NewCertificateForm
      current={current}
      slot={slot}
      ca={ca}
      unknown={unknownText(ca)}
      isFirst={isEmpty(ca)}
      replacement={replacement}
    />
  );
  return (
    <>
      <Stepper
        label="Replacement steps"
        steps={steps.map((item, index) => ({
          ...item,
          href: null,
          state: index < at || (removed !== null && !isBundle) ? 'done' : 'todo',
        }))}
        current={step}
        onOpen={() => {}}
      />
      <ConnectedAgents plane={plane} watch={watch} />
      <p role="status" className="sr-only">
        {isBundle ? `${certificates.length} certificates are stored.` : ''}
      </p>
      {refreshWarning === undefined ? null : (
        <p role="status" className="text-pretty text-degraded">
          {refreshWarning}
        </p>
      )}
      {isBundle ? (
        <>
          <HandoverSteps
            current={current}
            slot={slot}
            ca={ca}
            watch={watch}
            onRemoved={rereadRemovedCertificates}
          />
          <details className="rounded-xl border border-line bg-surface px-4 py-2.5">
            <summary className="font-medium">Add another certificate instead</summary>
            <div className="pt-3 pb-1">{form}</div>
          </details>
        </>
      ) : removed !== null ? (
        <RemovalResult
          current={current}
          slot={slot}
          removed={removed}
          onPutBack={rereadRemovedCertificates}
        />
      ) : isReplaced ? (
        <Card title={isFirst ? 'Certificate added' : 'Certificate replaced'}>
          <RestartAgent
            plane={plane}
            why="The agent reads its certificate at startup. Restart it, then check here that it reconnects."
          />
        </Card>
      ) : written !== null ? (
        <p role="status" className="text-muted">
          Written. Reading the stored certificate…
        </p>
      ) : (
        <Card title={`1. ${steps[0].label}`}>{form}</Card>
      )}
    </>
  );
}

/** Whether the slot is known to store no certificate that could be kept beside the new one. */
function isEmpty({ source, certificates, unreadable = [] }: AgentCa): boolean {
  if (unreadable.length > 0) return false;
  if (source.from !== 'secret') return certificates.length === 0;
  return source.state === 'read' ? certificates.length === 0 : /missing$/.test(source.state);
}

/** Why no certificates are shown. */
function unknownText({ source, findings }: AgentCa): string {
  if (source.from === 'absent') return 'Not set.';
  if (source.from !== 'secret' || source.state === 'read')
    return findings[0]?.message ?? 'No readable certificate is stored.';
  const secret = `Secret ${source.namespace}/${source.name}`;
  switch (source.state) {
    case 'missing':
      return `${secret} doesn't exist. Planeboard will create it.`;
    case 'key-missing':
      return `${secret} has no key ${source.key}. Planeboard will add it.`;
    case 'not-visible':
      return `You can't read ${secret}, so the current certificate isn't known.`;
    default:
      return `${secret} couldn't be read, so the current certificate isn't known.`;
  }
}
