'use client';

import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Card } from '@/components/ui/card';
import { Utc } from '@/components/ui/utc';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { removalOutcome, type AfterDrop as Verdict } from '@/lib/plane/credentials/removal-outcome';
import { planePath } from '@/lib/plane/model/plane-path';
import { type Removed, rememberRemoved } from './removed-certificates';
import { RestartAgent } from './restart-agent';
import { useCredentialReplacement } from './use-credential-replacement';
import { WriteReview } from './write-review';

const LOOKS: Record<
  Verdict,
  { readonly Icon: typeof CircleCheck; readonly tone: string; readonly words: string }
> = {
  waiting: {
    Icon: LoaderCircle,
    tone: 'text-muted',
    words: 'Waiting for a heartbeat from after that …',
  },
  connected: {
    Icon: CircleCheck,
    tone: 'text-healthy',
    words: 'The agent is connected, with a heartbeat from after that.',
  },
  lost: {
    Icon: CircleAlert,
    tone: 'text-disconnected',
    words:
      'No agent is connected. If it still shows the old certificate, put that back and restart the agent.',
  },
  unmeasured: {
    Icon: CircleAlert,
    tone: 'text-muted',
    words: 'Nothing is reported about an agent, so whether it is connected cannot be told here.',
  },
};

/** The old certificate is gone: whether the agent is still there, and the way back in case it is not. */
export function AfterDrop({
  now,
  slot,
  removed,
  onPutBack,
}: {
  readonly now: CurrentPlane;
  readonly slot: CredentialSlot;
  readonly removed: Removed;
  readonly onPutBack: () => void;
}) {
  const { plane } = now.row;
  const verdict = removalOutcome(plane, removed.at);
  const { Icon, tone, words } = LOOKS[verdict];
  const changing = useCredentialReplacement(plane, () => {
    rememberRemoved(plane.uid, slot.id, null);
    onPutBack();
  });
  const isOpen = changing.state.phase === 'idle' || changing.state.phase === 'failed';
  return (
    <Card title="The old certificate is dropped">
      <p className="text-muted">
        At <Utc at={removed.at} />.
      </p>
      <p role="status" className="mt-2 flex items-start gap-2 font-medium">
        <Icon size={15} aria-hidden="true" className={`mt-0.5 shrink-0 ${tone}`} />
        <span className="min-w-0 text-pretty">{words}</span>
      </p>
      <div className="mt-3">
        <RestartAgent
          plane={plane}
          why="A connection that is open is not cut by this: a certificate is looked at when an agent dials in. To be sure, restart it once more and see it come back."
        />
      </div>
      {isOpen ? (
        <div className="mt-4 flex flex-wrap gap-2">
          {verdict === 'lost' ? null : (
            <ButtonLink href={planePath(plane)} variant="primary">
              Done, back to the plane
            </ButtonLink>
          )}
          <Button
            variant={verdict === 'lost' ? 'primary' : 'outline'}
            onClick={() => changing.attempt({ slot: slot.id, action: 'add', text: removed.pem })}
          >
            Put the old one back
          </Button>
        </div>
      ) : null}
      <div className="mt-3 empty:hidden">
        <WriteReview
          changing={changing}
          verb="Put it back"
          now={now}
          slot={slot}
          told={now.related.value?.ca.findings.map(({ message }) => message) ?? []}
        />
      </div>
    </Card>
  );
}
