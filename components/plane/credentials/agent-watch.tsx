'use client';

import { Plug, Unplug } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from '@/components/ui/controls';
import { Age, Utc } from '@/components/ui/time';
import type { FleetPlane } from '@/lib/api/fleet';
import { tickNowMs } from '@/lib/client/feed/tick';
import {
  type AgentHandover,
  type AgentWatch,
  NO_OBSERVATIONS,
  withObservation,
} from '@/lib/plane/credentials/agent-handover';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';

/** What the plane's status has reported about its agents since this component was mounted. */
export function useAgentWatch({ agent }: Plane): AgentWatch {
  const [watch, setWatch] = useState<AgentWatch>(NO_OBSERVATIONS);
  const [seen, setSeen] = useState<Plane['agent'] | null>(null);
  if (seen !== agent) {
    setSeen(agent);
    setWatch(withObservation(watch, agent, tickNowMs()));
  }
  return watch;
}

/** The number of connected agents in the controller's last report, and the fewest since the page was opened. */
export function ConnectedAgents({
  plane,
  watch,
}: {
  readonly plane: FleetPlane;
  readonly watch: AgentWatch;
}) {
  const { agent } = plane;
  if (!agent || plane.unreadable) {
    return (
      <p className="rounded-lg border border-line bg-neutral-soft px-3 py-2 text-muted">
        {plane.reportsAgent
          ? "No agent status reported. It isn't known whether an agent is connected."
          : "This release doesn't report agent connections. It isn't known whether an agent is connected."}
      </p>
    );
  }
  const count = agent.connected ? agent.connectedAgents : 0;
  const Icon = count > 0 ? Plug : Unplug;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2">
      <p role="status" className="flex flex-wrap items-center gap-x-2">
        <Icon
          size={15}
          aria-hidden="true"
          className={count > 0 ? 'shrink-0 text-healthy' : 'shrink-0 text-disconnected'}
        />
        <strong className="tabular font-semibold">
          {count === 0
            ? 'No agent connected'
            : count === 1
              ? '1 agent connected'
              : `${count} agents connected`}
        </strong>
        {watch.fewest === null || watch.observations.length < 2 ? null : (
          <span className="tabular text-muted">lowest since you opened this page: {watch.fewest}</span>
        )}
      </p>
      <p className="mt-0.5 text-pretty text-muted text-xs">
        {agent.lastHeartbeatTime === undefined ? (
          'Reported by the controller, with no heartbeat yet.'
        ) : (
          <>
            Reported by the controller, last heartbeat <Age at={agent.lastHeartbeatTime} suffix=" ago" />.
          </>
        )}
        {kindOfName(plane.kind)?.scope === 'Cluster'
          ? " A cluster-wide plane reports any agent on its planeID, even one that this certificate doesn't verify."
          : ''}
      </p>
    </div>
  );
}

const HANDOVERS: Record<Exclude<AgentHandover, 'said'>, string> = {
  waiting: 'Waiting for the agent to reconnect…',
  both: 'An additional agent is connected. Waiting until the old one stops…',
  observed: 'The agent has reconnected since the new certificate was stored.',
  lost: 'No agent is connected.',
  unmeasured: "No agent status reported. It isn't known whether an agent is connected.",
};

/**
 * Whether the agent has taken over from its predecessor, and the numbers of agents reported since the page was opened.
 * A restart that left no trace can be confirmed by a person, which is shown as such.
 *
 * @param said when the person said that the agent was restarted, RFC 3339; null: they didn't
 */
export function AgentObservations({
  watch: { observations },
  handover,
  isRestored,
  said,
  onSaid,
}: {
  readonly watch: AgentWatch;
  readonly handover: AgentHandover;
  /** Whether the old certificate was restored, so a reconnect proves nothing about the new one. */
  readonly isRestored: boolean;
  readonly said: string | null;
  readonly onSaid: (said: string | null) => void;
}) {
  return (
    <div className="mt-4 border-line border-t pt-3">
      <p role="status" className="text-pretty font-medium">
        {said === null || handover === 'observed' || handover === 'lost' || handover === 'unmeasured' ? (
          HANDOVERS[handover === 'said' ? 'waiting' : handover]
        ) : (
          <>
            You said at <Utc at={said} /> that the agent was restarted.{' '}
            {handover === 'said'
              ? "It's connected, with a later heartbeat."
              : 'Waiting for a heartbeat from after that…'}
          </>
        )}
      </p>
      <p className="mt-0.5 text-pretty text-muted text-xs">
        {isRestored
          ? "The old certificate was restored, so a reconnect doesn't show which one the agent uses."
          : 'The controller checks every minute, and whenever this page refreshes the status. A rolling restart may leave no trace.'}
      </p>
      {handover === 'waiting' || handover === 'both' || handover === 'said' ? (
        <div className="mt-2">
          <Checkbox
            checked={said !== null}
            onChange={(event) => onSaid(event.target.checked ? new Date(tickNowMs()).toISOString() : null)}
          >
            The agent was restarted
          </Checkbox>
        </div>
      ) : null}
      {observations.length < 2 ? null : (
        <ol className="tabular mt-2 grid gap-0.5 text-xs">
          {observations.map(({ atMs, agents }) => (
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
