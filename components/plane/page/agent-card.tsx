'use client';

import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Age, Utc } from '@/components/ui/time';
import type { FleetPlane } from '@/lib/api/fleet';
import type { HeartbeatGap } from '@/lib/plane/health/health-facts';
import { knownHeartbeat } from '@/lib/plane/health/heartbeat';
import { findCondition } from '@/lib/plane/model/conditions';

/** The controller's last report about the plane's agents, with its age. */
export function AgentCard({ plane }: { readonly plane: FleetPlane }) {
  return (
    <Card title="Agent connection">
      {plane.agent && !plane.unreadable ? (
        <Connection agent={plane.agent} gap={plane.facts.heartbeatGap} />
      ) : (
        <p className="text-muted">{missingAgentText(plane)}</p>
      )}
    </Card>
  );
}

function missingAgentText(plane: FleetPlane): string {
  if (plane.unreadable) return "Unknown: the resource can't be read.";
  if (plane.connection === 'direct') {
    const connected = findCondition(plane.conditions, 'Connected');
    const report = connected
      ? `Only the condition Connected reports on it: ${connected.status}.`
      : 'Nothing reports on the connection.';
    return `This plane has no agent. The control plane calls its cluster directly. ${report}`;
  }
  if (plane.facts.unreconciled) {
    return 'No controller of this release reconciles this kind, so nothing reports on its agent.';
  }
  if (plane.schemaUnknown) {
    return "No agent is reported, and this release's schema couldn't be read.";
  }
  if (!plane.reportsAgent) {
    return "The installed release doesn't report agents, so the connection isn't known.";
  }
  return "The controller hasn't reported anything about an agent.";
}

function Connection({
  agent,
  gap,
}: {
  readonly agent: NonNullable<FleetPlane['agent']>;
  readonly gap: HeartbeatGap | undefined;
}) {
  return (
    <Facts>
      <Fact name="Reported status">
        {agent.connected ? 'Connected' : 'Not connected'}
        {agent.message ? <span className="text-muted"> · {agent.message}</span> : null}
      </Fact>
      <Fact name="Agents">
        <span className="tabular">{agent.connectedAgents}</span>
      </Fact>
      <Fact name="Last heartbeat">
        <Moment
          at={knownHeartbeat(agent, gap)}
          missing={gap?.severalReplicas ? 'Not reported by this gateway' : 'None reported'}
        />
        {gap === undefined || gap.last === null ? null : (
          <span className="text-muted">
            {' · '}
            {gap.severalReplicas ? 'through another gateway replica' : 'not in the present status'}
          </span>
        )}
      </Fact>
      {/* The controller checks about once a minute, so its times are when it noticed a change. */}
      <Fact name={agent.connected ? 'Connection noticed' : 'Last connection noticed'}>
        <Moment at={agent.lastConnectedTime} missing="None reported" />
      </Fact>
      {agent.lastDisconnectedTime === undefined ? null : (
        <Fact name={agent.connected ? 'Last disconnection noticed' : 'Disconnection noticed'}>
          <Moment at={agent.lastDisconnectedTime} missing="" />
        </Fact>
      )}
    </Facts>
  );
}

/** A time with its age. */
function Moment({ at, missing }: { readonly at: string | undefined; readonly missing: string }) {
  if (at === undefined) return <span className="text-muted">{missing}</span>;
  return (
    <>
      <Age at={at} suffix=" ago" />
      <span className="text-muted">
        {' · '}
        <Utc at={at} />
      </span>
    </>
  );
}
