'use client';

import { useState } from 'react';
import { CertificateCard } from '@/components/fields/certificate-card';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Utc } from '@/components/ui/utc';
import { tickNowMs } from '@/lib/client/feed/tick';
import type { AgentHandover } from '@/lib/plane/credentials/agent-handover';
import { certificateToKeep } from '@/lib/plane/credentials/bundle-split';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { rememberRemoved } from './removed-certificates';
import { RestartAgent } from './restart-agent';
import { useCredentialReplacement } from './use-credential-replacement';
import { WriteReview } from './write-review';

/** Old and new stand there together: the agent is restarted, and when somebody says so the old one goes. */
export function HandoverSteps({
  now,
  slot,
  certificates,
  watch,
  onDropped,
}: {
  readonly now: CurrentPlane;
  readonly slot: CredentialSlot;
  readonly certificates: readonly CertificateDetail[];
  readonly watch: AgentHandover;
  readonly onDropped: () => void;
}) {
  const {
    row: { plane },
    related,
  } = now;
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const proposed = certificateToKeep(certificates);
  const kept = (chosen ?? (proposed === null ? [] : [proposed])).filter((fingerprint) =>
    certificates.some((certificate) => certificate.fingerprint === fingerprint),
  );
  const changing = useCredentialReplacement(plane, (answer) => {
    const { removed, touchedAt } = answer;
    if (removed !== undefined) {
      const at = touchedAt ?? new Date(tickNowMs()).toISOString();
      rememberRemoved(plane.uid, slot.id, { pem: removed, at });
    }
    onDropped();
  });
  const dropped = certificates.length - kept.length;
  const isOpen = changing.state.phase === 'idle' || changing.state.phase === 'failed';
  return (
    <>
      <Card title="2. Restart the agent">
        <RestartAgent
          plane={plane}
          why="The agent reads its certificate when it starts, so only a restart makes it show the new one. Both are accepted now, so it is not cut off whichever it shows."
        />
        <Sights watch={watch} />
      </Card>
      <Card title="3. Drop the old certificate">
        <p className="text-pretty">
          The API does not tell which certificate an agent shows. Drop the old one once the agent was
          restarted and is connected again.
        </p>
        <fieldset className="mt-3 grid gap-2">
          <legend className="mb-1.5 font-medium">Which are to stay</legend>
          {certificates.map((certificate, index) => (
            <div key={certificate.fingerprint} className="grid gap-1">
              <Checkbox
                checked={kept.includes(certificate.fingerprint)}
                onChange={(event) => {
                  changing.reset();
                  setChosen(
                    event.target.checked
                      ? [...kept, certificate.fingerprint]
                      : kept.filter((fingerprint) => fingerprint !== certificate.fingerprint),
                  );
                }}
              >
                Keep {index + 1} of {certificates.length}
                {certificate.fingerprint === proposed ? ', the newest' : ''}
              </Checkbox>
              <CertificateCard
                certificate={certificate}
                place={kept.includes(certificate.fingerprint) ? 'stays' : 'is dropped'}
              />
            </div>
          ))}
        </fieldset>
        {plane.agent?.connected ? null : (
          <p className="mt-3 text-pretty text-degraded">
            No agent is connected now. Wait until it is, or it cannot be told whether the new certificate
            works.
          </p>
        )}
        {isOpen ? (
          <div className="mt-3">
            <Button
              // Until a new connection was seen, the step before this one is what is to be done.
              variant={watch.change === 'came' ? 'primary' : 'outline'}
              disabled={kept.length === 0 || dropped === 0}
              onClick={() =>
                changing.attempt({ slot: slot.id, action: 'keep-only', fingerprints: [...kept] })
              }
            >
              {dropped === 1 ? 'Drop the old certificate' : `Drop ${dropped} certificates`}
            </Button>
            {kept.length === 0 ? (
              <span className="ml-3 text-muted">At least one has to stay.</span>
            ) : dropped === 0 ? (
              <span className="ml-3 text-muted">All stay, so nothing is to be done.</span>
            ) : null}
          </div>
        ) : null}
        <div className="mt-3 empty:hidden">
          <WriteReview
            changing={changing}
            verb={dropped === 1 ? 'Drop it' : 'Drop them'}
            now={now}
            slot={slot}
            told={related.value?.ca.findings.map(({ message }) => message) ?? []}
          />
        </div>
      </Card>
    </>
  );
}

/** What was seen of the agents since the page is open; a handover shows as one more for a while. */
function Sights({ watch: { sights, change } }: { readonly watch: AgentHandover }) {
  return (
    <div className="mt-4 border-line border-t pt-3">
      <p role="status" className="font-medium">
        {change === 'came'
          ? 'A new connection has come since you opened this page.'
          : change === 'lost'
            ? 'No agent is connected at the moment.'
            : 'Waiting for the agent to connect anew …'}
      </p>
      <p className="mt-0.5 text-pretty text-muted text-xs">
        The controller looks every minute, and at once when the plane is touched, which this page does now and
        then. A handover that is over before it looks leaves no trace.
      </p>
      {sights.length < 2 ? null : (
        <ol className="tabular mt-2 grid gap-0.5 text-xs">
          {sights.map(({ atMs, agents }) => (
            <li key={atMs}>
              <Utc at={new Date(atMs).toISOString()} />
              <span className="text-muted">
                {' · '}
                {agents === 1 ? '1 agent' : `${agents} agents`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
