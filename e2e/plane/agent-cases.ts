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
      title: 'Its CA refuses the agent',
      known: /ClusterDataPlane counts-it counts an agent on planeID "refused-here".*This plane counts none\./,
      todo: /Replace the certificate that this plane was registered with/,
    },
    {
      code: 'never-connected',
      plane: planeWithoutAgent('nobody-came', { ageMs: 3 * DAY_MS }),
      severity: 'error',
      title: 'No agent has ever been counted',
      known: /No agent with planeID "nobody-came" has ever dialled in/,
      todo: /Install the agent with planeID "nobody-came", letter by letter/,
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
      title: 'Its agent is gone',
      known: /Lost its agent 5 h (\d+ min )?ago/,
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
      title: 'An agent on its planeID is not counted here',
      known: /DataPlane shop\/counted-elsewhere counts an agent on planeID "counted-elsewhere"/,
      todo: /Have the controller look at once/,
    },
    {
      code: 'heartbeat-stale',
      plane: connectedPlane('frozen', {
        agents: 0,
        frozen: true,
        history: { connected: true, agents: 1, connectedAgoMs: 33 * DAY_MS, heartbeatAgoMs: 8 * DAY_MS },
      }),
      severity: 'error',
      title: 'Its status is frozen',
      known:
        /Frozen, heartbeat 8 d old\. The status still says connected, but nothing has confirmed it since/,
      todo: /Have the controller look at once/,
    },
    {
      code: 'heartbeat-missing',
      plane: connectedPlane('without-heartbeat', {
        frozen: true,
        history: { connected: true, agents: 1, connectedAgoMs: DAY_MS },
      }),
      severity: 'error',
      title: 'Connected, without a heartbeat',
      known: /Reported as connected, but without any heartbeat to prove it/,
      todo: /The agent's own log tells whether it is connected/,
    },
    {
      code: 'heartbeat-in-future',
      createLate: true,
      plane: connectedPlane('ahead', {
        frozen: true,
        history: { connected: true, agents: 1, connectedAgoMs: DAY_MS, heartbeatAgoMs: -2 * HOUR_MS },
      }),
      severity: 'error',
      title: 'Its heartbeat lies in the future',
      known: /The last heartbeat lies in the future.*It is 1 h 5\d min ahead/,
      todo: /Compare the clocks of the machines/,
    },
    {
      code: 'clock-skew',
      plane: connectedPlane('skewed', {
        history: { connected: true, agents: 1, connectedAgoMs: -2 * HOUR_MS, heartbeatAgoMs: 5_000 },
      }),
      severity: 'warning',
      title: 'Times lie in the future',
      known: /status\.agentConnection\.lastConnectedTime is .* UTC, which has not come yet/,
      todo: /let them keep time by NTP/,
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
      title: 'Its heartbeat is late',
      known: /The heartbeat is late: 2 min old/,
      todo: /Have the controller look at once/,
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
      title: 'Connected, with no agents',
      known: /Reported as connected with no agents: the status contradicts itself/,
      todo: /Have the controller look at once/,
    },
    {
      code: 'agent-awaited',
      createLate: true,
      plane: planeWithoutAgent('new', { ageMs: MINUTE_MS }),
      severity: 'note',
      title: 'Waiting for its first agent',
      known: /Waiting for its agent\. No agent with planeID "new" has connected yet/,
      todo: /Connect an agent/,
    },
    {
      code: 'shared-plane-id',
      plane: sibling,
      severity: 'note',
      title: 'Its planeID is shared',
      known: /planeID "refused-here" is shared.*It is shared with DataPlane shop\/refused-here/,
      todo: /See the planes on this planeID/,
    },
    {
      code: 'plane-id-default',
      plane: connectedPlane('fallback', { planeID: 'default' }),
      severity: 'note',
      title: 'Its planeID is "default"',
      known: /This plane has planeID "default", set or taken from its name/,
      todo: /Compare the planeID that the chart was given/,
    },
  ];
}
