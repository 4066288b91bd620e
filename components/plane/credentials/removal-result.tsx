'use client';

import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Utc } from '@/components/ui/time';
import { type RemovalOutcome, removalOutcome } from '@/lib/plane/credentials/agent-handover';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { planePath } from '@/lib/plane/model/plane-path';
import { type RemovedCertificates, storeRemovedCertificates } from './removed-certificates';
import { RestartAgent } from './restart-agent';
import { useCredentialReplacement } from './use-credential-replacement';
import { WriteReview } from './write-review';

const OUTCOMES: Record<
  RemovalOutcome,
  { readonly Icon: typeof CircleCheck; readonly tone: string; readonly text: string }
> = {
  waiting: {
    Icon: LoaderCircle,
    tone: 'text-muted',
    text: 'Waiting for a heartbeat from after the removal…',
  },
  connected: {
    Icon: CircleCheck,
    tone: 'text-healthy',
    text: 'The agent is connected, with a heartbeat from after the removal.',
  },
  lost: {
    Icon: CircleAlert,
    tone: 'text-disconnected',
    text: 'No agent is connected. If the agent still uses the old certificate, restore that certificate and restart the agent.',
  },
  unmeasured: {
    Icon: CircleAlert,
    tone: 'text-muted',
    text: "No agent status reported. It isn't known whether an agent is connected.",
  },
};

/**
 * The result of removing the old certificate: whether the agent is still connected, and a button to undo the removal.
 */
export function RemovalResult({
  current,
  slot,
  removed,
  onPutBack,
}: {
  readonly current: CurrentPlane;
  readonly slot: CredentialSlot;
  readonly removed: RemovedCertificates;
  readonly onPutBack: () => void;
}) {
  const { plane } = current.row;
  const outcome = removalOutcome(plane, removed.at);
  const { Icon, tone, text } = OUTCOMES[outcome];
  const replacement = useCredentialReplacement(plane, () => {
    storeRemovedCertificates(plane.uid, slot.id, null);
    onPutBack();
  });
  const isOpen = replacement.state.phase === 'idle' || replacement.state.phase === 'failed';
  return (
    <Card title="Old certificate removed">
      <p className="text-muted">
        Removed at <Utc at={removed.at} />.
      </p>
      <p role="status" className="mt-2 flex items-start gap-2 font-medium">
        <Icon size={15} aria-hidden="true" className={`mt-0.5 shrink-0 ${tone}`} />
        <span className="min-w-0 text-pretty">{text}</span>
      </p>
      <div className="mt-3">
        <RestartAgent
          plane={plane}
          why="Open connections stay open: the gateway checks certificates only when an agent connects. To be sure, restart the agent again and check that it reconnects."
        />
      </div>
      {isOpen ? (
        <div className="mt-4 flex flex-wrap gap-2">
          {outcome === 'lost' ? null : (
            <ButtonLink href={planePath(plane)} variant="primary">
              Back to the plane
            </ButtonLink>
          )}
          <Button
            variant={outcome === 'lost' ? 'primary' : 'outline'}
            onClick={() =>
              replacement.check({
                slot: slot.id,
                action: 'add',
                text: removed.pem,
                unreadable: 'keep',
              })
            }
          >
            Restore old certificate
          </Button>
        </div>
      ) : null}
      <div className="mt-3 empty:hidden">
        <WriteReview
          replacement={replacement}
          verb="Restore certificate"
          current={current}
          slot={slot}
          shownWarnings={current.related.value?.ca.findings.map(({ message }) => message) ?? []}
        />
      </div>
    </Card>
  );
}
