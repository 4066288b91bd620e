'use client';

import Link from 'next/link';
import { useCallback, useState } from 'react';
import { usePeriodicRefresh } from '@/components/agent-setup/use-periodic-refresh';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Stepper } from '@/components/ui/stepper';
import { tickNowMs } from '@/lib/client/feed/tick';
import { agentHandover } from '@/lib/plane/credentials/agent-handover';
import { caCheckOf } from '@/lib/plane/credentials/ca-check';
import { type CredentialSlot, slotLabel } from '@/lib/plane/credentials/credential-slot';
import { finishedReplacements } from '@/lib/plane/credentials/replacement-record';
import {
  isAsWritten,
  type ReplacementStep,
  replacementSteps,
} from '@/lib/plane/credentials/replacement-steps';
import { agentWithKnownHeartbeat } from '@/lib/plane/health/heartbeat';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import { parseTimeMs } from '@/lib/plane/time/age';
import { AgentObservations, ConnectedAgents, useAgentWatch } from './agent-watch';
import type { CaMoveGuide } from './ca-move-guide';
import { HandoverSteps } from './handover-steps';
import { InterruptedReplacement } from './interrupted-replacement';
import { LastReplacement } from './last-replacement';
import { NewCertificateForm } from './new-certificate-form';
import { RemovalResult } from './removal-result';
import { readRemovedCertificates, storeRemovedCertificates } from './removed-certificates';
import { RestartAgent } from './restart-agent';
import { useCaChange } from './use-ca-change';
import { useCredentialReplacement } from './use-credential-replacement';
import { useSlotState } from './use-replacement-states';

/**
 * Replaces the certificate that verifies a plane's agent without ever rejecting the agent: old and new are stored
 * together until the agent uses the new one. The current step follows from what is stored and observed, so anyone can
 * continue a replacement that someone else began.
 */
export function ReplaceAgentCertificate({
  current,
  ca,
  slot,
  guide = null,
}: {
  readonly current: CurrentPlane;
  readonly ca: AgentCa;
  readonly slot: CredentialSlot;
  /** What to show in addition for a move to a CA of the plane's own. */
  readonly guide?: CaMoveGuide | null;
}) {
  const { plane } = current.row;
  const watch = useAgentWatch(plane);
  const [openedAtMs] = useState(tickNowMs);
  const [said, setSaid] = useState<string | null>(null);
  const { state } = useSlotState(plane, slot.id);
  const [removed, setRemoved] = useState(() => readRemovedCertificates(plane.uid, slot.id));
  const rereadRemoved = useCallback(
    () => setRemoved(readRemovedCertificates(plane.uid, slot.id)),
    [plane.uid, slot.id],
  );
  const replacement = useCredentialReplacement(plane, ({ removed: pem, refreshedAt }) => {
    const at = refreshedAt ?? new Date(tickNowMs()).toISOString();
    storeRemovedCertificates(plane.uid, slot.id, pem === undefined ? null : { pem, at });
    setSaid(null);
    rereadRemoved();
  });
  const { certificates } = ca;
  const stored = certificates.map(({ fingerprint }) => fingerprint);
  const isBundle = certificates.length > 1;
  const record = finishedReplacements(current.detail?.annotations ?? {})[slot.id] ?? null;
  const isCurrentRecord = isAsWritten(stored, record);
  const isRestored = isCurrentRecord && record?.restored === true;
  const writtenMs = (isCurrentRecord ? parseTimeMs(record?.since) : null) ?? openedAtMs;
  // After a certificate was restored, the agent that reconnects may well use that one: only a person knows.
  const sinceMs = isRestored ? Number.POSITIVE_INFINITY : writtenMs;
  const handover = agentHandover(
    { agent: agentWithKnownHeartbeat(plane) },
    watch,
    sinceMs,
    parseTimeMs(said ?? undefined),
  );
  const check = caCheckOf(plane.kind, ca.source.from === 'inline' ? 'inline' : 'secret');
  const written = replacement.state.phase === 'written' ? replacement.state : null;
  const change = useCaChange({
    plane,
    record: isCurrentRecord ? record : null,
    isBundle,
    removed,
    written,
    state,
  });
  // A failed refresh is the last warning; the ones before it were shown with the dry run.
  const refreshWarning = written?.answer.refreshedAt === null ? written.answer.warnings.at(-1) : undefined;
  // After a write the page waits for the controller's report.
  usePeriodicRefresh(planeKey(plane), isBundle || change !== null, false);
  const { steps, current: step } = replacementSteps({
    stored,
    record: change === null && !isBundle ? null : record,
    handover,
  });
  const startAgain = () => {
    storeRemovedCertificates(plane.uid, slot.id, null);
    replacement.reset();
    change?.dismiss();
    rereadRemoved();
  };
  const form = (
    <NewCertificateForm
      current={current}
      slot={slot}
      ca={ca}
      unknown={unknownText(ca)}
      isFirst={isEmpty(ca)}
      check={check}
      state={state}
      replacement={replacement}
      create={guide?.create ?? null}
    />
  );
  const labelOf = (id: ReplacementStep['id'], label: string) =>
    guide ? MOVE_LABELS[id] : isEmpty(ca) && id === 'add' ? 'Add the certificate' : label;
  if (guide && !isBundle && change === null && written === null && certificates.every(({ isCa }) => isCa))
    return <NothingToMove isKnown={certificates.length > 0} />;
  return (
    <>
      {state?.unfinished ? (
        <InterruptedReplacement
          plane={plane}
          slot={slot.id}
          name={slotLabel(slot)}
          unfinished={state.unfinished}
        />
      ) : null}
      <Stepper
        label="Replacement steps"
        steps={(isEmpty(ca) ? steps.filter(({ id }) => id !== 'remove') : steps).map(
          ({ id, label, done }) => ({
            id,
            label: labelOf(id, label),
            href: null,
            state: done ? 'done' : 'todo',
          }),
        )}
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
            check={check}
            handover={handover}
            observations={
              <AgentObservations
                watch={watch}
                handover={handover}
                isRestored={isRestored}
                said={said}
                onSaid={setSaid}
              />
            }
            restart={guide?.restart ?? null}
            onRemoved={() => {
              replacement.reset();
              rereadRemoved();
            }}
          />
          <details className="rounded-xl border border-line bg-surface px-4 py-2.5">
            <summary className="font-medium">Add another certificate instead</summary>
            <div className="pt-3 pb-1">{form}</div>
          </details>
        </>
      ) : change !== null ? (
        <>
          <RemovalResult current={current} slot={slot} change={change} check={check} onEnded={startAgain} />
          {guide ? (
            <p>
              <Link href={'/ca-moves' as '/'} className="text-accent underline underline-offset-2">
                All planes to move
              </Link>
            </p>
          ) : null}
        </>
      ) : written !== null && !isRead(ca) ? (
        <Card title="Certificate written">
          <RestartAgent
            plane={plane}
            why="You can't read the stored certificate here. Restart the agent, then check that it reconnects."
          />
          <div className="mt-4">
            <Button variant="outline" onClick={startAgain}>
              Replace again
            </Button>
          </div>
        </Card>
      ) : written !== null && !isAsWritten(stored, { after: written.answer.fingerprints }) ? (
        <p role="status" className="text-muted">
          Written. Reading the stored certificate…
        </p>
      ) : (
        <Card title={`1. ${labelOf('add', 'Add the new certificate')}`}>{form}</Card>
      )}
      {isBundle || !state?.finished?.restorable ? null : (
        <Card title="Last replacement">
          <LastReplacement
            plane={plane}
            slot={slot.id}
            finished={state.finished}
            // Readable certificates are restored beside the current ones, anything else as a whole.
            {...(state.finished.oldCertificates === undefined ? {} : { only: 'delete-old' })}
          />
        </Card>
      )}
    </>
  );
}

const MOVE_LABELS: Record<ReplacementStep['id'], string> = {
  add: 'Create and register the CA',
  restart: 'Switch the chart and restart the agent',
  remove: 'Remove the old certificate',
};

function NothingToMove({ isKnown }: { readonly isKnown: boolean }) {
  return (
    <Card title="Nothing to move">
      <p className="text-pretty">
        {isKnown
          ? 'This plane has a CA registered, and no certificate of the agent itself.'
          : "The registered certificate isn't known, so it can't be moved from here."}
      </p>
    </Card>
  );
}

function isRead({ source }: AgentCa): boolean {
  return source.from !== 'secret' || source.state === 'read';
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
