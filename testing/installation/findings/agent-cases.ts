import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { condition, type PlaneStatus, timeAgo } from '@/testing/control-plane/plane-statuses';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';
import type { FindingCase } from './finding-case';

const created = condition('Created', 'True', 'DataPlaneCreated', 'DataPlane is created', DAY_MS);

function agentStatus(agentConnection: Record<string, unknown>): () => PlaneStatus {
  return () => ({ observedGeneration: 1, conditions: [created], agentConnection });
}

/** Cases caused by the reported agent connection, of the plane and of its siblings. */
export function agentCases(): FindingCase[] {
  const sibling = { ...connectedPlane('counts-it', { kind: 'ClusterDataPlane', planeID: 'refused-here' }) };
  return [
    {
      code: 'agent-refused',
      plane: planeWithoutAgent('refused-here', {
        history: {
          connected: false,
          agents: 0,
          connectedAgoMs: 9 * DAY_MS,
          heartbeatAgoMs: HOUR_MS + MINUTE_MS,
          disconnectedAgoMs: HOUR_MS,
        },
      }),
      others: [sibling],
      severity: 'error',
      title: 'Agent most likely rejected',
      known:
        /ClusterDataPlane counts-it reports an agent on planeID "refused-here".*This plane reports none\./,
      todo: /replace the registered certificate/,
      action: 'replace-certificate',
    },
    {
      code: 'never-connected',
      plane: planeWithoutAgent('nobody-came', { ageMs: 3 * DAY_MS }),
      severity: 'error',
      title: 'Never connected',
      known: /No agent with planeID "nobody-came" has ever connected/,
      todo: /Install the agent with exactly the planeID "nobody-came"/,
      action: 'connect-agent',
    },
    {
      code: 'agent-lost',
      plane: planeWithoutAgent('lost', {
        history: {
          connected: false,
          agents: 0,
          connectedAgoMs: 9 * DAY_MS,
          heartbeatAgoMs: 5 * HOUR_MS + MINUTE_MS,
          disconnectedAgoMs: 5 * HOUR_MS,
        },
      }),
      severity: 'error',
      title: 'Agent disconnected',
      known: /Agent disconnected 5 h (\d+ min )?ago/,
      todo: /logs -n openchoreo-data-plane deployment\/cluster-agent-dataplane/,
    },
    {
      code: 'agent-not-counted',
      plane: planeWithoutAgent('looks-away', {
        kind: 'ClusterDataPlane',
        planeID: 'counted-elsewhere',
        frozen: true,
      }),
      others: [connectedPlane('counted-elsewhere')],
      severity: 'error',
      title: "Agent on its planeID isn't reported",
      known: /DataPlane shop\/counted-elsewhere reports an agent on planeID "counted-elsewhere"/,
      todo: /Refresh the status/,
      action: 'refresh',
    },
    {
      code: 'heartbeat-stale',
      plane: connectedPlane('frozen', {
        agents: 0,
        frozen: true,
        history: { connected: true, agents: 1, connectedAgoMs: 33 * DAY_MS, heartbeatAgoMs: 8 * DAY_MS },
      }),
      severity: 'error',
      title: 'Stale status',
      known:
        /Last heartbeat 8 days ago\. The status still says connected, but nothing has confirmed it since/,
      todo: /Refresh the status/,
      action: 'refresh',
    },
    {
      code: 'heartbeat-missing',
      plane: connectedPlane('without-heartbeat', {
        frozen: true,
        history: { connected: true, agents: 1, connectedAgoMs: DAY_MS },
      }),
      severity: 'error',
      title: 'Connected without a heartbeat',
      known: /The status says connected but has no readable heartbeat to prove it/,
      todo: /Check in the agent's own log whether it's connected/,
    },
    {
      code: 'heartbeat-in-future',
      createLate: true,
      plane: connectedPlane('ahead', {
        frozen: true,
        history: { connected: true, agents: 1, connectedAgoMs: DAY_MS, heartbeatAgoMs: -2 * HOUR_MS },
      }),
      severity: 'error',
      title: 'Heartbeat is in the future',
      known: /The last heartbeat is in the future.*The heartbeat is 1 h 5\d min ahead/,
      todo: /Compare the clocks of the machines/,
    },
    {
      code: 'clock-skew',
      // Frozen, because the controller corrects the time when the agent reconnects.
      plane: connectedPlane('skewed', {
        agents: 0,
        frozen: true,
        history: { connected: true, agents: 1, connectedAgoMs: -2 * HOUR_MS, heartbeatAgoMs: 5_000 },
      }),
      severity: 'warning',
      title: 'Times are in the future',
      known: /status\.agentConnection\.lastConnectedTime is .* UTC, which is in the future/,
      todo: /Synchronize them with NTP/,
    },
    {
      code: 'heartbeat-late',
      plane: connectedPlane('late', { frozen: true, agents: 0 }),
      status: () =>
        agentStatus({
          connected: true,
          connectedAgents: 1,
          lastConnectedTime: timeAgo(DAY_MS),
          lastHeartbeatTime: timeAgo(125 * SECOND_MS),
        })(),
      severity: 'warning',
      title: 'Late heartbeat',
      known: /Last heartbeat 2 min ago, which is later than expected/,
      todo: /Refresh the status/,
      action: 'refresh',
    },
    {
      code: 'agents-contradict',
      plane: connectedPlane('with-nobody', { frozen: true, agents: 0 }),
      status: () =>
        agentStatus({
          connected: true,
          connectedAgents: 0,
          lastConnectedTime: timeAgo(DAY_MS),
          lastHeartbeatTime: timeAgo(SECOND_MS),
        })(),
      severity: 'warning',
      title: 'Connected without agents',
      known: /The status contradicts itself: connected, but no agents/,
      todo: /Refresh the status/,
      action: 'refresh',
    },
    {
      code: 'agent-awaited',
      createLate: true,
      plane: planeWithoutAgent('new', { ageMs: MINUTE_MS }),
      severity: 'note',
      title: 'Waiting for the first agent',
      known: /No agent with planeID "new" has connected yet/,
      todo: /Install the agent with exactly the planeID "new"/,
      action: 'connect-agent',
    },
    {
      code: 'shared-plane-id',
      plane: sibling,
      severity: 'note',
      title: 'Shared planeID',
      known: /This plane shares planeID "refused-here".*Shared with: DataPlane shop\/refused-here/,
      todo: /See the planes on this planeID/,
      action: 'open-siblings',
    },
    {
      code: 'plane-id-default',
      plane: connectedPlane('fallback', { planeID: 'default' }),
      severity: 'note',
      title: 'planeID is "default"',
      known: /This plane has planeID "default", set explicitly or taken from its name/,
      todo: /Check the planeID in the chart's values/,
    },
  ];
}
