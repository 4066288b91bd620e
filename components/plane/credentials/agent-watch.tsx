'use client';

import { Plug, Unplug } from 'lucide-react';
import { useState } from 'react';
import { Age, Utc } from '@/components/ui/time';
import type { FleetPlane } from '@/lib/api/fleet';
import { tickNowMs } from '@/lib/client/feed/tick';
import { type AgentHandover, NO_OBSERVATIONS, withObservation } from '@/lib/plane/credentials/agent-handover';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';

/** What the plane's status has reported about its agents since this component was mounted. */
export function useAgentHandover({ agent }: Plane): AgentHandover {
  const [watch, setWatch] = useState<AgentHandover>(NO_OBSERVATIONS);
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
  readonly watch: AgentHandover;
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
        Reported by the controller, last heartbeat <Age at={agent.lastHeartbeatTime} suffix=" ago" />.
        {kindOfName(plane.kind)?.scope === 'Cluster'
          ? " A cluster-wide plane reports any agent on its planeID, even one that this certificate doesn't verify."
          : ''}
      </p>
    </div>
  );
}

/** The numbers of agents reported since the page was opened. During a handover there is one more for a while. */
export function AgentObservations({ watch: { observations, change } }: { readonly watch: AgentHandover }) {
  return (
    <div className="mt-4 border-line border-t pt-3">
      <p role="status" className="font-medium">
        {change === 'came'
          ? 'An agent has connected since you opened this page.'
          : change === 'lost'
            ? 'No agent is connected.'
            : 'Waiting for the agent to reconnect…'}
      </p>
      <p className="mt-0.5 text-pretty text-muted text-xs">
        The controller checks every minute, and whenever this page refreshes the status. A quick reconnect may
        go unnoticed.
      </p>
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
