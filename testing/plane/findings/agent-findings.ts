import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { aCaSecret, aCertificate, judged, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { agent, another, clusterPlane, type FindingRow, gone, never, old, unreported } from './sample-planes';

/** The situations for agent findings. */
export const AGENT_ROWS: readonly FindingRow[] = [
  {
    code: 'agent-refused',
    when: 'a cluster-wide plane on the same planeID reports an agent',
    situation: {
      plane: aPlane({ agent: gone }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: agent() }))],
    },
    severity: 'error',
    known:
      'ClusterDataPlane shared reports an agent on planeID "prod-cluster", which this plane shares. This plane reports none.',
    says: ["Either this plane's CA rejects the agent's certificate, or its status is older than that agent"],
    command:
      "kubectl --context '<plane-context>' rollout restart deployment/cluster-agent-dataplane -n openchoreo-data-plane",
    action: 'open-siblings',
  },
  {
    code: 'agent-refused',
    when: 'a plane on the same planeID that the caller cannot see reports an agent',
    situation: {
      plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE_MS) }),
      facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } },
    },
    severity: 'error',
    known:
      'Another plane reports an agent on planeID "prod-cluster", which this plane shares. This plane reports none.',
    says: ["Either this plane's CA rejects the agent's certificate, or its status is older than that agent"],
    action: 'replace-certificate',
  },
  {
    code: 'never-connected',
    when: 'no agent connected for three days, and the registered CA is an intermediate',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      related: relatedResourcesWith({
        ca: {
          source: aCaSecret(),
          certificates: [
            aCertificate({ subject: 'CN=agents of Aurora', issuer: 'CN=Aurora root', selfSigned: false }),
          ],
          findings: [],
        },
      }),
    },
    severity: 'error',
    known:
      "No agent with planeID \"prod-cluster\" has ever connected, or this plane's CA rejects the agent's certificate. The API can't tell these apart.",
    command: 'kubectl --context cp rollout restart deployment/cluster-gateway -n openchoreo-control-plane',
  },
  {
    code: 'never-connected',
    when: 'no agent connected for three days, and another plane reports one on "default"',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      others: [another('default')],
    },
    severity: 'error',
    known:
      'No agent with planeID "prod-cluster" has ever connected, or this plane\'s CA rejects the agent\'s certificate. The API can\'t tell these apart. DataPlane acme/default reports an agent on planeID "default", which agents with a misspelled planeID use. If you expect no agent there, it may belong here.',
    command:
      "helm get values openchoreo-data-plane -n openchoreo-data-plane --kube-context '<plane-context>'",
    action: 'connect-agent',
  },
  {
    code: 'never-connected',
    when: 'a sibling reports an agent, so an agent has connected',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: agent() }))],
    },
    severity: 'error',
    known:
      'This plane has never reported an agent, but ClusterDataPlane shared reports one on the same planeID.',
  },
  {
    code: 'agent-lost',
    when: "only this plane's agent disconnected, five hours ago",
    situation: { plane: aPlane({ agent: gone }), others: [another('eu')] },
    severity: 'error',
    known: 'Agent disconnected 5 h ago, between 2026-03-10 06:58 and 07:00 UTC.',
    says: ['Other planes have fresh heartbeats, so the gateway works.'],
    command:
      "kubectl --context '<plane-context>' logs -n openchoreo-data-plane deployment/cluster-agent-dataplane --tail=20",
  },
  {
    code: 'connection-flapping',
    when: 'the connection has changed three times in ten minutes',
    situation: {
      facts: {
        flapping: { since: ago(10 * MINUTE_MS), lastChangeAt: ago(MINUTE_MS), until: ago(-5 * MINUTE_MS) },
      },
    },
    severity: 'warning',
    known: 'The reported connection has kept changing for 10 min. The last report says connected.',
    says: [
      'changed at least three times within 15 min, the first at 2026-03-10 11:50:00 UTC',
      'The agent restarts or loses its connection again and again',
    ],
    command: 'kubectl --context cp get deployments,services,pods -n openchoreo-control-plane',
  },
  {
    code: 'heartbeat-not-reported',
    when: 'the gateway has several replicas, and no status included a heartbeat',
    situation: {
      plane: aPlane({ agent: unreported }),
      facts: { heartbeatGap: { last: null, severalReplicas: true } },
    },
    severity: 'note',
    known: 'Heartbeat not reported by this gateway. Only the replica that holds the connection knows it.',
    says: ["isn't counted as healthy until a status includes a heartbeat"],
    action: 'refresh',
  },
  {
    code: 'heartbeat-remembered',
    when: 'an earlier status included the heartbeat',
    situation: {
      plane: aPlane({ agent: unreported }),
      facts: { heartbeatGap: { last: ago(40 * SECOND_MS), severalReplicas: true } },
    },
    severity: 'note',
    known: 'Heartbeat heard 40 s ago through another gateway replica.',
    says: [
      "The newest lastHeartbeatTime that Planeboard saw in this connection's statuses (2026-03-10 11:59:20 UTC)",
      'late after 2 min, stale after 3 min',
    ],
  },
  {
    code: 'agent-not-counted',
    when: 'a cluster-wide plane reports no agent, although its sibling does',
    situation: {
      plane: clusterPlane({ ...old, agent: never }),
      others: [judged(aPlane({ uid: 'uid-sibling', name: 'sibling' }))],
    },
    severity: 'error',
    known:
      'DataPlane acme/sibling reports an agent on planeID "prod-cluster", which this plane shares. This plane reports none.',
    says: ['most likely out of date'],
    action: 'refresh',
  },
  {
    code: 'reference-missing',
    when: 'the plane refers to an observability plane that does not exist',
    situation: {
      plane: aPlane({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' } }),
      facts: { observabilityPlane: 'missing' },
    },
    severity: 'warning',
    known: 'ObservabilityPlane "obs", which this plane refers to, doesn\'t exist.',
    says: ["default doesn't replace a missing one"],
    action: 'register-observability-plane',
  },
  {
    code: 'agent-awaited',
    when: 'the plane is a minute old, and its cluster-wide sibling reports no agent either',
    situation: {
      plane: aPlane({ createdAt: ago(MINUTE_MS), agent: never }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: never }))],
    },
    severity: 'note',
    known:
      'This plane hasn\'t reported an agent with planeID "prod-cluster" yet. ClusterDataPlane shared would report any agent on this planeID and reports none, so most likely no agent has connected.',
    action: 'connect-agent',
  },
  {
    code: 'shared-plane-id',
    when: 'a cluster-wide plane is connected, and another plane shares its planeID',
    situation: {
      plane: clusterPlane(),
      others: [judged(aPlane({ uid: 'uid-sibling', name: 'sibling' }))],
    },
    severity: 'note',
    known:
      'This plane shares planeID "prod-cluster". It reports any agent on that planeID, even one that its own CA would reject. Shared with: DataPlane acme/sibling.',
    action: 'open-siblings',
  },
  {
    code: 'plane-id-default',
    when: 'the planeID is "default", which agents with a misspelled planeID use',
    situation: { plane: aPlane({ name: 'default', planeID: 'default' }) },
    severity: 'note',
    known: 'This plane has planeID "default", set explicitly or taken from its name.',
    says: ["Only this plane's CA keeps them apart."],
  },
  {
    code: 'reference-not-visible',
    when: "the caller can't list observability planes",
    situation: {
      plane: aPlane({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' } }),
      related: relatedResourcesWith({ observability: { via: 'explicit', state: 'not-visible' } }),
    },
    severity: 'note',
    known:
      "It couldn't be checked whether ObservabilityPlane acme/obs exists. The check requires permission to list its kind, and a complete list.",
    says: ["This doesn't mean that it's missing."],
  },
  {
    code: 'reference-not-visible',
    when: "the feed's reader can't see observability planes, and nothing else was read yet",
    situation: {
      plane: aPlane({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' } }),
      facts: { observabilityPlane: 'not-visible' },
    },
    severity: 'note',
    known:
      "It couldn't be checked whether ObservabilityPlane acme/obs exists. The check requires permission to list its kind, and a complete list.",
    says: ["This doesn't mean that it's missing."],
  },
  {
    code: 'observability-default',
    when: 'the plane refers to none, and its namespace has one named "default"',
    situation: {
      related: relatedResourcesWith({
        observability: {
          via: 'default',
          target: { kind: 'ObservabilityPlane', namespace: 'acme', name: 'default' },
          state: 'found',
        },
      }),
    },
    severity: 'note',
    known: 'This plane refers to no observability plane, so it uses ObservabilityPlane acme/default.',
    says: ['or else ClusterObservabilityPlane default'],
    action: 'open-observability-plane',
  },
  {
    code: 'observability-none',
    when: 'the plane refers to none, and none is named "default"',
    situation: {
      plane: clusterPlane(),
      related: relatedResourcesWith({ observability: { via: 'none' } }),
    },
    severity: 'note',
    known: 'This plane refers to no observability plane, and no default exists.',
    says: ['a cluster-wide plane without it uses ClusterObservabilityPlane default'],
    action: 'register-observability-plane',
  },
];
