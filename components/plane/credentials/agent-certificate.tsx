'use client';

import { useCallback, useState } from 'react';
import { usePlaneRefresh } from '@/components/agent-setup/use-plane-refresh';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Card } from '@/components/ui/card';
import { Stepper } from '@/components/ui/stepper';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import { AgentStrip } from './agent-strip';
import { HandoverSteps } from './handover-steps';
import { NewCertificateForm } from './new-certificate-form';
import { AfterDrop } from './removal-result';
import { readRemoved, rememberRemoved } from './removed-certificates';
import { RestartAgent } from './restart-agent';
import { useAgentHandover } from './use-agent-handover';
import { useCredentialReplacement } from './use-credential-replacement';

const STEPS = [
  { id: 'give', words: 'Write old and new together' },
  { id: 'restart', words: 'Restart the agent' },
  { id: 'drop', words: 'Drop the old one' },
] as const;
/** Where nothing stands yet, nothing has to be kept and dropped. */
const STEPS_OF_FIRST = [{ id: 'give', words: 'Write the certificate' }, STEPS[1]] as const;

/**
 * Replaces the certificate that verifies a plane's agent, without the agent ever being refused: old and new stand there
 * together until the agent has changed over. How far it has come is told by what stands there, so anybody can go on
 * where somebody else stopped.
 */
export function AgentCertificate({
  now,
  ca,
  slot,
}: {
  readonly now: CurrentPlane;
  readonly ca: AgentCa;
  readonly slot: CredentialSlot;
}) {
  const { plane } = now.row;
  const watch = useAgentHandover(plane);
  const [removed, setRemoved] = useState(() => readRemoved(plane.uid, slot.id));
  const rereadRemoved = useCallback(() => setRemoved(readRemoved(plane.uid, slot.id)), [plane.uid, slot.id]);
  const changing = useCredentialReplacement(plane, () => {
    rememberRemoved(plane.uid, slot.id, null);
    setRemoved(null);
  });
  const { certificates } = ca;
  const isBundle = certificates.length > 1;
  // What it began with: once the first certificate is written, something stands there.
  const [beganEmpty] = useState(() => isNothingThere(ca));
  const written = changing.state.phase === 'written' ? changing.state : null;
  const isFirst = beganEmpty && (written !== null || isNothingThere(ca));
  // Where nothing stood, or the same, there is nothing to wait for beside it.
  const isAlone = written?.change.action === 'replace' || (written?.answer.fingerprints.length ?? 0) === 1;
  const isReplaced = isAlone && !isBundle;
  // What was warned of before the write is not said again; that the plane could not be touched comes after it, and last.
  const untouched =
    changing.state.phase === 'written' && changing.state.answer.touchedAt === null
      ? changing.state.answer.warnings.at(-1)
      : undefined;
  // From the first write on, somebody waits for what the controller sees.
  usePlaneRefresh(planeKey(plane), isBundle || isReplaced || removed !== null, false);
  const current = isBundle || (isFirst && isReplaced) ? 'restart' : removed || isReplaced ? 'drop' : 'give';
  const steps = isFirst && !isBundle ? STEPS_OF_FIRST : STEPS;
  const at = STEPS.findIndex(({ id }) => id === current);
  const give = (
    <NewCertificateForm
      now={now}
      slot={slot}
      certificates={certificates}
      unknown={unknownWords(ca)}
      isFirst={isNothingThere(ca)}
      changing={changing}
    />
  );
  return (
    <>
      <Stepper
        label="Steps of the replacement"
        steps={steps.map((step, index) => ({
          ...step,
          href: null,
          state: index < at || (removed !== null && !isBundle) ? 'done' : 'todo',
        }))}
        current={current}
        onOpen={() => {}}
      />
      <AgentStrip plane={plane} watch={watch} />
      <p role="status" className="sr-only">
        {isBundle ? `${certificates.length} certificates stand there together.` : ''}
      </p>
      {untouched === undefined ? null : (
        <p role="status" className="text-pretty text-degraded">
          {untouched}
        </p>
      )}
      {isBundle ? (
        <>
          <HandoverSteps
            now={now}
            slot={slot}
            certificates={certificates}
            watch={watch}
            onDropped={rereadRemoved}
          />
          <details className="rounded-xl border border-line bg-surface px-4 py-2.5">
            <summary className="font-medium">Add another certificate instead</summary>
            <div className="pt-3 pb-1">{give}</div>
          </details>
        </>
      ) : removed !== null ? (
        <AfterDrop now={now} slot={slot} removed={removed} onPutBack={rereadRemoved} />
      ) : isReplaced ? (
        <Card title={isFirst ? 'The certificate is written' : 'The certificate is replaced'}>
          <RestartAgent
            plane={plane}
            why="The agent reads its certificate when it starts: restart it, and see it come back here."
          />
        </Card>
      ) : written !== null ? (
        <p role="status" className="text-muted">
          Written. Reading it back …
        </p>
      ) : (
        <Card title={`1. ${steps[0].words}`}>{give}</Card>
      )}
    </>
  );
}

/** Whether it is known that no certificate stands there that could be kept beside another. */
function isNothingThere({ source, certificates }: AgentCa): boolean {
  if (source.from !== 'secret') return certificates.length === 0;
  return source.state === 'read' ? certificates.length === 0 : /missing$/.test(source.state);
}

function unknownWords({ source, findings }: AgentCa): string {
  if (source.from === 'absent') return 'Nothing stands there yet.';
  if (source.from !== 'secret' || source.state === 'read')
    return findings[0]?.message ?? 'No certificate that can be read stands there.';
  const secret = `The Secret ${source.namespace}/${source.name}`;
  switch (source.state) {
    case 'missing':
      return `${secret} does not exist. It will be made.`;
    case 'key-missing':
      return `${secret} has no key ${source.key}. It will be added.`;
    default:
      return `${secret} cannot be read with your rights, so what stands there is not known.`;
  }
}
