import { MINUTE_MS } from '@/lib/plane/time/duration';
import { judged, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { agent, another, clusterPlane, type FindingRow, gone, never, old } from './sample-planes';

/** The situations for agent findings. */
export const AGENT_ROWS: readonly FindingRow[] = [
  {
    code: 'agent-refused',
    when: 'a cluster plane on the same planeID counts an agent',
    situation: {
      plane: aPlane({ agent: gone }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: agent() }))],
    },
    severity: 'error',
    known:
      'ClusterDataPlane shared counts an agent on planeID "prod-cluster", which this plane shares. This plane counts none.',
    says: ["either this plane's CA refuses the agent's certificate, or its status is older than that agent"],
    command:
      "kubectl --context '<plane-context>' rollout restart deployment/cluster-agent-dataplane -n openchoreo-data-plane",
    action: 'open-siblings',
  },
  {
    code: 'never-connected',
    when: 'no agent connected for three days, and another plane counts one on "default"',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      others: [another('default')],
    },
    severity: 'error',
    known:
      'Never connected. No agent with planeID "prod-cluster" has ever dialled in. Or one did, and this plane\'s CA refuses its certificate: the API tells no difference. DataPlane acme/default counts an agent on planeID "default", under which an agent dials in when its planeID was misspelt: if none was expected there, it may be the one that is missing here.',
    command:
      "helm get values openchoreo-data-plane -n openchoreo-data-plane --kube-context '<plane-context>'",
    action: 'connect-agent',
  },
  {
    code: 'never-connected',
    when: 'a sibling counts an agent, so an agent has connected',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: agent() }))],
    },
    severity: 'error',
    known:
      'This plane has never counted an agent, although ClusterDataPlane shared counts one on the same planeID.',
  },
  {
    code: 'agent-lost',
    when: 'only this plane lost its agent, five hours ago',
    situation: { plane: aPlane({ agent: gone }), others: [another('eu')] },
    severity: 'error',
    known: 'Lost its agent 5 h ago, between 2026-03-10 06:58 and 07:00 UTC.',
    says: ['Other planes have fresh heartbeats, so the gateway works.'],
    command:
      "kubectl --context '<plane-context>' logs -n openchoreo-data-plane deployment/cluster-agent-dataplane --tail=20",
  },
  {
    code: 'agent-not-counted',
    when: 'a cluster plane counts no agent, although its sibling does',
    situation: {
      plane: clusterPlane({ ...old, agent: never }),
      others: [judged(aPlane({ uid: 'uid-sibling', name: 'sibling' }))],
    },
    severity: 'error',
    known:
      'DataPlane acme/sibling counts an agent on planeID "prod-cluster", which this plane shares. This plane counts none.',
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
    known: 'It refers to ObservabilityPlane "obs", which does not exist.',
    says: ['default does not step in'],
    action: 'register-observability-plane',
  },
  {
    code: 'agent-awaited',
    when: 'the plane is a minute old, and its cluster-wide sibling counts no agent either',
    situation: {
      plane: aPlane({ createdAt: ago(MINUTE_MS), agent: never }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: never }))],
    },
    severity: 'note',
    known:
      'Waiting for its agent. No agent with planeID "prod-cluster" has connected yet. ClusterDataPlane shared would count any agent on this planeID, and counts none, which speaks for nobody having dialled in.',
    action: 'connect-agent',
  },
  {
    code: 'shared-plane-id',
    when: 'a cluster plane is connected, and another plane shares its planeID',
    situation: {
      plane: clusterPlane(),
      others: [judged(aPlane({ uid: 'uid-sibling', name: 'sibling' }))],
    },
    severity: 'note',
    known:
      'planeID "prod-cluster" is shared: an agent of any of its planes counts here, also one that this plane\'s CA would refuse. It is shared with DataPlane acme/sibling.',
    action: 'open-siblings',
  },
  {
    code: 'plane-id-default',
    when: 'the planeID is "default", which misspelt agents fall back to',
    situation: { plane: aPlane({ name: 'default', planeID: 'default' }) },
    severity: 'note',
    known: 'This plane has planeID "default", set or taken from its name.',
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
      'ObservabilityPlane acme/obs could not be looked for: it takes the right to list its kind, and a list that is complete.',
    says: ['no sign that it is missing'],
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
    known: 'It names no observability plane, so ObservabilityPlane acme/default is used.',
    says: ['else ClusterObservabilityPlane default'],
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
    known: 'It names no observability plane, and there is none that a rule would give it.',
    says: ['a cluster-wide plane that names none uses ClusterObservabilityPlane default'],
    action: 'register-observability-plane',
  },
];
