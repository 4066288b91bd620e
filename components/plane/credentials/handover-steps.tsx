'use client';

import { type ReactNode, useCallback, useState } from 'react';
import { CertificateCard } from '@/components/fields/certificate-card';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/controls';
import { IconLine } from '@/components/ui/notice';
import { tickNowMs, useTick } from '@/lib/client/feed/tick';
import {
  type AgentHandover,
  certificateToKeep,
  restartNotBefore,
} from '@/lib/plane/credentials/agent-handover';
import { type CaCheck, rejectedAgentText } from '@/lib/plane/credentials/ca-check';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import { formatUtc } from '@/lib/plane/time/age';
import { storeRemovedCertificates } from './removed-certificates';
import { RestartAgent } from './restart-agent';
import { awaitsDecision, decided, UnreadableChoice, type UnreadableDecision } from './unreadable-choice';
import { useCredentialReplacement } from './use-credential-replacement';
import { WriteReview } from './write-review';

/** Why nothing shows yet that the old certificate can be removed. */
const NOT_SHOWN: Record<Exclude<AgentHandover, 'observed' | 'said'>, string> = {
  waiting: "The agent hasn't reconnected yet, so nothing shows that it uses the new certificate.",
  both: "The agent that was connected before hasn't stopped yet, so the old certificate may still be in use.",
  lost: 'No agent is connected, so nothing shows that the new certificate works.',
  unmeasured: 'No agent status is reported, so nothing shows that the agent uses the new certificate.',
};

/** The steps while the old and the new certificate are both stored: restart the agent, then remove the old one. */
export function HandoverSteps({
  current,
  slot,
  ca,
  check,
  handover,
  observations,
  restart = null,
  onRemoved,
}: {
  readonly current: CurrentPlane;
  readonly slot: CredentialSlot;
  readonly ca: AgentCa;
  readonly check: CaCheck;
  readonly handover: AgentHandover;
  /** What was observed of the agent's restart. */
  readonly observations: ReactNode;
  /** For a move to a CA: how to switch the chart and restart the agent. */
  readonly restart?: ReactNode;
  readonly onRemoved: () => void;
}) {
  const {
    row: { plane },
    related,
  } = current;
  const { certificates } = ca;
  const [decision, setDecision] = useState<UnreadableDecision | null>(null);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const prefersCa = restart !== null;
  const proposed = useTick(
    useCallback((nowMs) => certificateToKeep(certificates, nowMs, { prefersCa }), [certificates, prefersCa]),
  );
  const notBeforeMs = useTick(useCallback((nowMs) => restartNotBefore(certificates, nowMs), [certificates]));
  const toKeep = (chosen ?? (proposed === null ? [] : [proposed])).filter((fingerprint) =>
    certificates.some((certificate) => certificate.fingerprint === fingerprint),
  );
  const replacement = useCredentialReplacement(plane, (answer) => {
    const { removed, refreshedAt } = answer;
    const at = refreshedAt ?? new Date(tickNowMs()).toISOString();
    if (removed !== undefined) storeRemovedCertificates(plane.uid, slot.id, { pem: removed, at });
    onRemoved();
  });
  const [acceptsLoss, setAcceptsLoss] = useState(false);
  const removedCount = certificates.length - toKeep.length;
  const isShown = handover === 'observed' || handover === 'said';
  const rejected = rejectedAgentText(check, plane);
  const isOpen = replacement.state.phase === 'idle' || replacement.state.phase === 'failed';
  return (
    <>
      <Card title={restart === null ? '2. Restart the agent' : '2. Switch the chart and restart the agent'}>
        {notBeforeMs !== null ? (
          <IconLine tone="warning">
            Don't restart the agent before {formatUtc(notBeforeMs)}. It may present the certificate that isn't
            valid yet, and the gateway would reject it.
          </IconLine>
        ) : (
          (restart ?? (
            <RestartAgent
              plane={plane}
              why="The agent reads its certificate at startup, so it uses the new one only after a restart. The gateway accepts every valid certificate of the CA bundle in the meantime."
            />
          ))
        )}
        {observations}
      </Card>
      <Card title="3. Remove the old certificate">
        <p className="text-pretty">
          The API doesn't report which certificate an agent uses. Remove the old certificate after the agent
          has restarted and reconnected.
        </p>
        <fieldset className="mt-3 grid gap-2">
          <legend className="mb-1.5 font-medium">Certificates to keep</legend>
          {certificates.map((certificate, index) => (
            <div key={certificate.fingerprint} className="grid gap-1">
              <Checkbox
                checked={toKeep.includes(certificate.fingerprint)}
                onChange={(event) => {
                  replacement.reset();
                  setChosen(
                    event.target.checked
                      ? [...toKeep, certificate.fingerprint]
                      : toKeep.filter((fingerprint) => fingerprint !== certificate.fingerprint),
                  );
                }}
              >
                Keep {index + 1} of {certificates.length}
                {certificate.fingerprint !== proposed ? '' : restart === null ? ' (newest)' : ' (CA)'}
              </Checkbox>
              <CertificateCard
                certificate={certificate}
                place={toKeep.includes(certificate.fingerprint) ? 'kept' : 'will be removed'}
              />
            </div>
          ))}
        </fieldset>
        {handover === 'observed' || handover === 'said' ? null : (
          <div className="mt-3 grid gap-2">
            <IconLine tone="warning">
              {NOT_SHOWN[handover]} {rejected}
            </IconLine>
            <Checkbox checked={acceptsLoss} onChange={(event) => setAcceptsLoss(event.target.checked)}>
              Remove it anyway. I understand that the agent may{' '}
              {handover === 'lost' ? 'be rejected' : 'lose its connection'}.
            </Checkbox>
          </div>
        )}
        <div className="mt-3 empty:hidden">
          <UnreadableChoice
            ca={ca}
            decision={decision}
            onDecide={(next) => {
              setDecision(next);
              replacement.reset();
            }}
          />
        </div>
        {isOpen ? (
          <div className="mt-3">
            <Button
              // Secondary until a new connection is reported, because the restart comes first.
              variant={isShown ? 'primary' : 'outline'}
              disabled={
                toKeep.length === 0 ||
                removedCount === 0 ||
                awaitsDecision(ca, decision) ||
                (!isShown && !acceptsLoss)
              }
              onClick={() =>
                replacement.check({
                  slot: slot.id,
                  action: 'keep-only',
                  fingerprints: [...toKeep],
                  ...decided(ca, decision),
                })
              }
            >
              {removedCount === 1 ? 'Remove old certificate' : `Remove ${removedCount} certificates`}
            </Button>
            {toKeep.length === 0 ? (
              <span className="ml-3 text-muted">Keep at least one certificate.</span>
            ) : removedCount === 0 ? (
              <span className="ml-3 text-muted">Clear a checkbox to remove a certificate.</span>
            ) : null}
          </div>
        ) : null}
        <div className="mt-3 empty:hidden">
          <WriteReview
            replacement={replacement}
            verb={removedCount === 1 ? 'Remove certificate' : 'Remove certificates'}
            current={current}
            slot={slot}
            shownWarnings={[
              ...(related.value?.ca.findings.map(({ message }) => message) ?? []),
              ...(isShown ? [] : [rejected]),
            ]}
          />
        </div>
      </Card>
    </>
  );
}
