'use client';

import { Plug, Unplug } from 'lucide-react';
import { Age } from '@/components/ui/age';
import type { FleetPlane } from '@/lib/api/fleet';
import type { AgentHandover } from '@/lib/plane/credentials/agent-handover';
import { kindOfName } from '@/lib/plane/model/kinds';

/** How many agents are connected, as the controller last wrote it, and the fewest that this page has heard of. */
export function AgentStrip({ plane, watch }: { readonly plane: FleetPlane; readonly watch: AgentHandover }) {
  const { agent } = plane;
  if (!agent || plane.unreadable) {
    return (
      <p className="rounded-lg border border-line bg-neutral-soft px-3 py-2 text-muted">
        {plane.reportsAgent
          ? 'Nothing has been reported about an agent, so whether one is connected is not known.'
          : 'The installed release does not report on agents: whether one is connected cannot be told here.'}
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
        {watch.fewest === null || watch.sights.length < 2 ? null : (
          <span className="tabular text-muted">fewest seen since you opened this page: {watch.fewest}</span>
        )}
      </p>
      <p className="mt-0.5 text-pretty text-muted text-xs">
        As its controller wrote it, last heartbeat <Age at={agent.lastHeartbeatTime} suffix=" ago" />.
        {kindOfName(plane.kind)?.scope === 'Cluster'
          ? ' On cluster-wide kinds this counts any agent on the planeID, also one that this certificate would refuse.'
          : ''}
      </p>
    </div>
  );
}
