'use client';

import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Utc } from '@/components/ui/time';
import { type RemovalOutcome, removalOutcome } from '@/lib/plane/credentials/agent-handover';
import { afterRemovalText, type CaCheck } from '@/lib/plane/credentials/ca-check';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { agentWithKnownHeartbeat } from '@/lib/plane/health/heartbeat';
import { planePath } from '@/lib/plane/model/plane-path';
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
    text: 'Waiting for a heartbeat from after the change…',
  },
  connected: {
    Icon: CircleCheck,
    tone: 'text-healthy',
    text: 'The agent is connected, with a heartbeat from after the change.',
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

/** A change after which the gateway no longer accepts an old certificate, or accepts a first one. */
export interface CaChange {
  /** The card's title: `Old certificate removed`. */
  readonly title: string;
  /** The API server's name for the user; null if unknown. */
  readonly by: string | null;
  /** RFC 3339, on the API server's clock. */
  readonly at: string;
  /** The certificates that are no longer accepted, as PEM; null if they can't be shown. */
  readonly oldPem: string | null;
  /** Whether the old value is still stored, so that it can be restored as a whole. */
  readonly isStored: boolean;
  /** Their fingerprints. */
  readonly oldFingerprints: readonly string[];
}

/**
 * The result of a change of the agent's CA: whether the agent is still connected, and buttons to restore the
 * old certificate or to replace it again.
 */
export function RemovalResult({
  current,
  slot,
  change: { title, by, at, oldPem, isStored, oldFingerprints },
  check,
  onEnded,
}: {
  readonly current: CurrentPlane;
  readonly slot: CredentialSlot;
  readonly change: CaChange;
  readonly check: CaCheck;
  /** Called when the person has restored the old certificate or begins again. */
  readonly onEnded: () => void;
}) {
  const { plane } = current.row;
  const outcome = removalOutcome({ agent: agentWithKnownHeartbeat(plane) }, at);
  const { Icon, tone, text } = OUTCOMES[outcome];
  const isFirst = oldFingerprints.length === 0;
  const replacement = useCredentialReplacement(plane, onEnded);
  const isOpen = replacement.state.phase === 'idle' || replacement.state.phase === 'failed';
  return (
    <Card title={title}>
      <p className="text-muted">
        Written at <Utc at={at} />
        {by === null ? '' : ` by ${by}`}.
      </p>
      <p role="status" className="mt-2 flex items-start gap-2 font-medium">
        <Icon size={15} aria-hidden="true" className={`mt-0.5 shrink-0 ${tone}`} />
        <span className="min-w-0 text-pretty">
          {outcome === 'lost' && isFirst ? 'No agent is connected.' : text}
        </span>
      </p>
      <div className="mt-3">
        <RestartAgent
          plane={plane}
          why={
            isFirst || outcome === 'lost'
              ? 'The agent reads its certificate at startup. Restart it, then check here that it reconnects.'
              : afterRemovalText(check)
          }
        />
      </div>
      {oldPem === null && !isStored && !isFirst && outcome === 'lost' ? (
        <p className="mt-3 text-pretty [overflow-wrap:anywhere]">
          The old certificate isn't stored any more. To restore it, add it as a new certificate. Its SHA-256
          fingerprint: {oldFingerprints.join(', ')}.
        </p>
      ) : null}
      {isOpen ? (
        <div className="mt-4 flex flex-wrap gap-2">
          {outcome === 'lost' ? null : (
            <ButtonLink href={planePath(plane)} variant="primary">
              Back to the plane
            </ButtonLink>
          )}
          {oldPem === null ? null : (
            <Button
              variant={outcome === 'lost' ? 'primary' : 'outline'}
              onClick={() =>
                replacement.check({ slot: slot.id, action: 'add', text: oldPem, unreadable: 'keep' })
              }
            >
              Restore old certificate
            </Button>
          )}
          <Button variant="outline" onClick={onEnded}>
            Replace again
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
