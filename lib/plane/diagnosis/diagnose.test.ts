import { describe, expect, test } from 'vitest';
import type { CertificateFact } from '../facts';
import type { KindFeatures } from '../kind-features';
import type { AgentConnection, Plane } from '../plane';
import { ago, aPlane } from '../plane-fixture';
import { diagnose } from './diagnose';
import type { DiagnosisFinding } from './diagnosis-finding';
import {
  aCaSecret,
  aCertificate,
  aControlPlane,
  CURRENT,
  circumstancesWith,
  inputOf,
  judged,
  type Situation,
} from './diagnosis-fixture';
import { FINDING_CODES, type FindingCode } from './finding-codes';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const agent = (changes: Partial<AgentConnection> = {}): AgentConnection => ({
  connected: true,
  connectedAgents: 1,
  lastConnectedTime: ago(DAY),
  lastHeartbeatTime: ago(20 * SECOND),
  ...changes,
});
const never: AgentConnection = { connected: false, connectedAgents: 0, message: 'No agents connected' };
const gone = agent({
  connected: false,
  connectedAgents: 0,
  lastHeartbeatTime: ago(5 * HOUR + 2 * MINUTE),
  lastDisconnectedTime: ago(5 * HOUR),
});
const frozen = agent({ lastHeartbeatTime: ago(8 * DAY) });
const old = { createdAt: ago(3 * DAY) };
const { agent: _agent, ...withoutAgent } = aPlane(old);
const cluster: Partial<Plane> = { kind: 'ClusterDataPlane', plural: 'clusterdataplanes' };
const { namespace: _namespace, ...unscoped } = aPlane();
const clusterPlane = (changes: Partial<Plane> = {}): Plane => ({ ...unscoped, ...cluster, ...changes });
const parsed = (changes: Partial<Extract<CertificateFact, { state: 'parsed' }>> = {}): CertificateFact => ({
  state: 'parsed',
  notBefore: ago(60 * DAY),
  notAfter: ago(-200 * DAY),
  subject: 'CN=agents of Aurora',
  selfSignedLeaf: false,
  count: 1,
  ...changes,
});
const direct: KindFeatures = {
  ...CURRENT,
  planeID: false,
  agentConnection: false,
  clusterAgent: false,
  directAccess: true,
};
/** Another plane of the fleet, on a planeID of its own. */
const another = (name: string, changes: Partial<Plane> = {}) =>
  judged(aPlane({ name, uid: `uid-${name}`, planeID: name, ...changes }));
const incident = {
  code: 'control-plane',
  sort: 'frozen',
  since: ago(5 * MINUTE),
  lastLossAt: ago(4 * MINUTE),
  planes: 12,
  planeIDs: 12,
  message: 'The status of all 12 planes that were connected froze together.',
} as const;
const gatewayDown = aControlPlane({
  workloads: [
    {
      name: 'cluster-gateway',
      role: 'gateway',
      readyReplicas: 0,
      desiredReplicas: 1,
      changedAt: ago(10 * MINUTE),
    },
  ],
});

interface Row {
  code: FindingCode;
  when: string;
  situation: Situation;
  severity: DiagnosisFinding['severity'];
  known: string;
  /** Of evidence and consequence. */
  says?: string[];
  command?: string;
  action?: string;
}

const rows: Row[] = [
  {
    code: 'no-contact',
    when: 'the API server is silent',
    situation: { facts: { contactAtMs: Date.parse(ago(2 * MINUTE)) } },
    severity: 'trouble',
    known: 'No contact with the API server for 2 min: all below is as it was then.',
    says: ['What happened to this plane since then is not known'],
    command: 'kubectl --context cp get --raw /readyz',
  },
  {
    code: 'unreadable',
    when: 'its status has another form',
    situation: {
      plane: aPlane({ unreadable: ['status.agentConnection.connected has the wrong form (yes).'] }),
    },
    severity: 'trouble',
    known: 'Cannot be read: status.agentConnection.connected has the wrong form (yes).',
    command: 'kubectl --context cp edit dataplanes.openchoreo.dev prod -n acme --subresource=status',
  },
  {
    code: 'schema-unknown',
    when: 'the schema is refused, and no agent is reported',
    situation: { plane: { ...withoutAgent, reportsAgent: false, schemaUnknown: true }, features: null },
    severity: 'trouble',
    known:
      'Which fields this release has could not be read, so it is not known whether it reports on agents. This plane has no such report.',
    command: 'kubectl --context cp get --raw /openapi/v3/apis/openchoreo.dev/v1alpha1 | head -c 200',
  },
  {
    code: 'control-plane-incident',
    when: 'frozen with all others, while the lease is fresh and the gateway has no Deployment to be seen',
    situation: {
      plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(5 * MINUTE) }) }),
      facts: { incidentSinceMs: Date.parse(ago(5 * MINUTE)) },
      incidents: [incident],
      circumstances: circumstancesWith({ controlPlane: aControlPlane({ workloads: [] }) }),
    },
    severity: 'trouble',
    known: incident.message,
    says: [
      'Lease openchoreo.dev had been renewed 3 s before it was read.',
      'The controller runs, so the gateway is the suspect.',
    ],
    command: 'kubectl --context cp get pods -n openchoreo-control-plane',
  },
  {
    code: 'controller-down',
    when: 'the lease is not renewed any more',
    situation: {
      plane: aPlane({ agent: frozen }),
      circumstances: circumstancesWith({
        controlPlane: aControlPlane({
          lease: { name: 'openchoreo.dev', holder: 'cm-0', renewedAt: ago(8 * DAY) },
        }),
      }),
    },
    severity: 'trouble',
    known:
      'Deployment controller-manager has 1 of 1 replicas ready. Lease openchoreo.dev had last been renewed 7 d before it was read.',
    says: ['The agents themselves may well be connected.'],
    command: 'kubectl --context cp logs -n openchoreo-control-plane deployment/controller-manager --tail=50',
  },
  {
    code: 'gateway-down',
    when: 'its Deployment has no replica ready',
    situation: {
      plane: aPlane({ agent: gone }),
      circumstances: circumstancesWith({ controlPlane: gatewayDown }),
    },
    severity: 'trouble',
    known: 'Deployment cluster-gateway has none of 1 replicas ready since 10 min.',
    command: 'kubectl --context cp rollout restart deployment/cluster-gateway -n openchoreo-control-plane',
  },
  {
    code: 'kind-unreconciled',
    when: 'a build plane under a release with workflow planes',
    situation: {
      plane: aPlane({ kind: 'BuildPlane', plural: 'buildplanes', agent: frozen }),
      circumstances: circumstancesWith({ unreconciled: true }),
    },
    severity: 'trouble',
    known:
      'The API server still serves buildplanes, but in this release workflow planes have taken their place, and no controller reconciles them.',
    says: ['deleting it will hang'],
    command:
      "kubectl --context cp get buildplanes.openchoreo.dev prod -n acme -o jsonpath='{.metadata.finalizers}'",
  },
  {
    code: 'deletion-blocked',
    when: 'Environments refer to it',
    situation: {
      plane: aPlane({
        deletingSince: ago(10 * SECOND),
        conditions: [
          {
            type: 'Finalizing',
            status: 'False',
            reason: 'DeletionBlocked',
            message: 'Deletion blocked: dataplane is still referenced by 2 environment(s)',
          },
        ],
      }),
      circumstances: circumstancesWith({
        referrers: [
          { kind: 'Environment', namespace: 'acme', name: 'dev', via: 'explicit' },
          { kind: 'Environment', namespace: 'acme', name: 'qa', via: 'explicit' },
          { kind: 'Workflow', namespace: 'acme', name: 'build', via: 'default' },
        ],
      }),
    },
    severity: 'warning',
    known:
      'Deletion blocked: dataplane is still referenced by 2 environment(s). It is referred to by Environment acme/dev and Environment acme/qa.',
    says: ['Deleted at 2026-03-10 11:59:50 UTC.'],
    command: 'kubectl --context cp get environments.openchoreo.dev -n acme',
    action: 'open-referrers',
  },
  {
    code: 'deletion-slow',
    when: 'its finalizer waits for a gateway that is down',
    situation: {
      plane: aPlane({ deletingSince: ago(10 * MINUTE) }),
      circumstances: circumstancesWith({ controlPlane: gatewayDown }),
    },
    severity: 'warning',
    known:
      'Has been terminating for 10 min: its finalizer waits for a controller or gateway that may be down. Deleted at 2026-03-10 11:50:00 UTC.',
    says: ['openchoreo.dev/dataplane-cleanup', 'Deployment cluster-gateway has none of 1 replicas ready'],
    command: `kubectl --context cp patch dataplanes.openchoreo.dev prod -n acme --type=merge -p '{"metadata":{"finalizers":null}}'`,
  },
  {
    code: 'secret-missing',
    when: 'Planeboard finds no such Secret, and no status was ever written',
    situation: {
      plane: withoutAgent,
      facts: { certificate: { state: 'secret-missing', secret: 'acme/prod-agent-ca' } },
      circumstances: circumstancesWith({
        ca: { source: aCaSecret({ state: 'missing' }), certificates: [], findings: [] },
      }),
    },
    severity: 'trouble',
    known: 'Secret acme/prod-agent-ca, which should hold its CA, does not exist.',
    says: ['Controllers do not watch Secrets'],
    command:
      'kubectl --context cp create secret generic prod-agent-ca -n acme --from-file=ca.crt=agent-ca.crt',
    action: 'refresh',
  },
  {
    code: 'secret-missing',
    when: 'only the caller may look',
    situation: {
      circumstances: circumstancesWith({
        ca: { source: aCaSecret({ state: 'missing' }), certificates: [], findings: [] },
      }),
    },
    severity: 'warning',
    known: 'Secret acme/prod-agent-ca, which should hold its CA, does not exist.',
    says: ['read with your rights (read 12 s ago)'],
  },
  {
    code: 'secret-key-missing',
    when: 'the Secret has another key',
    situation: {
      facts: { certificate: { state: 'key-missing', secret: 'acme/prod-agent-ca', key: 'ca.crt' } },
    },
    severity: 'warning',
    known: 'Secret acme/prod-agent-ca has no key "ca.crt" with its CA.',
    command: [
      'kubectl --context cp patch secret prod-agent-ca -n acme --type=merge \\',
      '  -p "{\\"data\\":{\\"ca.crt\\":\\"$(base64 < agent-ca.crt | tr -d \'\\n\')\\"}}"',
    ].join('\n'),
  },
  {
    code: 'certificate-absent',
    when: 'clientCA is empty, which the schema allows',
    situation: { plane: withoutAgent, facts: { certificate: { state: 'absent' } } },
    severity: 'trouble',
    known: 'It names no CA, so no agent can be verified.',
    says: ['spec.clusterAgent.clientCA has neither a value nor a Secret.'],
    action: 'replace-certificate',
  },
  {
    code: 'fields-dropped',
    when: 'secretRef was applied to a release that has secretKeyRef',
    situation: {
      circumstances: circumstancesWith({ droppedFields: ['spec.clusterAgent.clientCA.secretRef'] }),
    },
    severity: 'warning',
    known:
      "What was last applied has a field that this release's schema does not have: spec.clusterAgent.clientCA.secretRef.",
    says: ['without a word'],
    action: 'edit-spec',
  },
  {
    code: 'certificate-unparsable',
    when: 'the CA is no PEM',
    situation: {
      plane: withoutAgent,
      facts: { certificate: { state: 'unparsable', problem: 'there is no PEM certificate in it.' } },
      circumstances: circumstancesWith({
        ca: { source: { from: 'inline' }, certificates: [], findings: [] },
      }),
    },
    severity: 'trouble',
    known: 'Its CA cannot be read: there is no PEM certificate in it.',
    says: ['The text in spec.clusterAgent.clientCA.value'],
  },
  {
    code: 'certificate-expired',
    when: 'the agent is gone, and could not come back',
    situation: {
      plane: aPlane({ agent: gone }),
      facts: { certificate: parsed({ notAfter: ago(6 * HOUR) }) },
    },
    severity: 'trouble',
    known:
      'Its CA expired 6 h ago, on 2026-03-10 06:00:00 UTC: an agent that has to reconnect will be refused.',
    says: ["compared with the API server's clock"],
    command: [
      "kubectl --context '<plane-context>' get secret cluster-agent-tls -n openchoreo-data-plane \\",
      "  -o jsonpath='{.data.ca\\.crt}' | base64 -d | openssl x509 -noout -subject -enddate -fingerprint -sha256",
    ].join('\n'),
    action: 'replace-certificate',
  },
  {
    code: 'certificate-expired',
    when: 'a cluster-wide kind is connected: its status would not show a refusal',
    situation: { plane: clusterPlane(), facts: { certificate: parsed({ notAfter: ago(6 * HOUR) }) } },
    severity: 'warning',
    known:
      'Its CA expired 6 h ago, on 2026-03-10 06:00:00 UTC: an agent that has to reconnect will be refused.',
    says: ['A cluster-wide kind counts refused agents too, so its status would not show that.'],
  },
  {
    code: 'certificate-not-yet-valid',
    when: 'the CA begins tomorrow',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      facts: { certificate: parsed({ notBefore: ago(-DAY) }) },
    },
    severity: 'trouble',
    known: 'Its CA is not valid before 2026-03-11 12:00:00 UTC.',
  },
  {
    code: 'certificate-unusable',
    when: 'a certificate for servers was registered',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      circumstances: circumstancesWith({
        ca: {
          source: aCaSecret(),
          certificates: [aCertificate({ isCa: false, extendedKeyUsage: ['serverAuth'] })],
          findings: [],
        },
      }),
    },
    severity: 'trouble',
    known: 'Its extended key usage does not include client authentication, so it cannot verify an agent.',
    says: ['Key ca.crt of Secret acme/prod-agent-ca'],
    action: 'replace-certificate',
  },
  {
    code: 'agent-refused',
    when: 'a cluster plane on the same planeID counts an agent',
    situation: {
      plane: aPlane({ agent: gone }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: agent() }))],
    },
    severity: 'trouble',
    known:
      'ClusterDataPlane shared counts an agent on planeID "prod-cluster", which this plane shares. This plane counts none.',
    says: ["either this plane's CA refuses the agent's certificate, or its status is older than that agent"],
    command:
      "kubectl --context '<plane-context>' rollout restart deployment/cluster-agent-dataplane -n openchoreo-data-plane",
    action: 'open-siblings',
  },
  {
    code: 'condition-false',
    when: 'Ready is False',
    situation: {
      plane: aPlane({
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'ProvisioningFailed',
            message: 'quota exceeded',
            lastTransitionTime: ago(2 * HOUR),
          },
        ],
      }),
    },
    severity: 'warning',
    known: 'Ready is False (ProvisioningFailed): quota exceeded',
    says: ['status.conditions, type Ready, False for 2 h.'],
    command:
      "kubectl --context cp get events -n acme --field-selector 'involvedObject.kind=DataPlane,involvedObject.name=prod' --sort-by=.lastTimestamp",
  },
  {
    code: 'condition-false',
    when: 'Connected is False on a plane that is called directly',
    situation: {
      plane: aPlane({
        connection: 'direct',
        reportsAgent: false,
        planeID: null,
        conditions: [{ type: 'Connected', status: 'False', reason: 'Refused' }],
      }),
      features: direct,
    },
    severity: 'trouble',
    known: 'Connected is False (Refused)',
  },
  {
    code: 'status-missing',
    when: 'nothing was reported in three days, and all else seems well',
    situation: {
      plane: withoutAgent,
      facts: { certificate: parsed() },
      others: [another('eu')],
      circumstances: circumstancesWith(),
    },
    severity: 'trouble',
    known:
      'No status reported in the 3 d since it was created. Likely causes: the Secret of its CA is missing or empty, or the controller or gateway is down.',
    says: [
      'One other plane has a fresh heartbeat, 1 of this kind.',
      "Its CA can be read, and the control plane seems to work: the controller's log is the place to look.",
    ],
    action: 'refresh',
  },
  {
    code: 'never-connected',
    when: 'nobody dialled in for three days, and somebody is on "default"',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      others: [another('default')],
    },
    severity: 'trouble',
    known:
      'Never connected. No agent with planeID "prod-cluster" has ever dialled in. Or one did, and this plane\'s CA refuses its certificate: the API tells no difference. DataPlane acme/default counts an agent on planeID "default", under which an agent dials in when its planeID was misspelt: if none was expected there, it may be the one that is missing here.',
    command:
      "helm get values openchoreo-data-plane -n openchoreo-data-plane --kube-context '<plane-context>'",
    action: 'connect-agent',
  },
  {
    code: 'never-connected',
    when: 'a sibling counts an agent, so somebody has dialled in',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: agent() }))],
    },
    severity: 'trouble',
    known:
      'This plane has never counted an agent, although ClusterDataPlane shared counts one on the same planeID.',
  },
  {
    code: 'agent-lost',
    when: 'lost five hours ago, alone',
    situation: { plane: aPlane({ agent: gone }), others: [another('eu')] },
    severity: 'trouble',
    known: 'Lost its agent 5 h ago, between 2026-03-10 06:58 and 07:00 UTC.',
    says: ['Other planes have fresh heartbeats, so the gateway works.'],
    command:
      "kubectl --context '<plane-context>' logs -n openchoreo-data-plane deployment/cluster-agent-dataplane --tail=20",
  },
  {
    code: 'agent-not-counted',
    when: 'a cluster plane counts none of the agents that its sibling counts',
    situation: {
      plane: clusterPlane({ ...old, agent: never }),
      others: [judged(aPlane({ uid: 'uid-sibling', name: 'sibling' }))],
    },
    severity: 'trouble',
    known:
      'DataPlane acme/sibling counts an agent on planeID "prod-cluster", which this plane shares. This plane counts none.',
    says: ['most likely out of date'],
    action: 'refresh',
  },
  {
    code: 'heartbeat-stale',
    when: 'frozen for eight days, while others of its kind are live',
    situation: { plane: aPlane({ agent: frozen }), others: [another('eu'), another('us')] },
    severity: 'trouble',
    known:
      'Frozen, heartbeat 8 d old. The status still says connected, but nothing has confirmed it since. It has not moved since 2026-03-02 12:00:00 UTC. It is the only frozen one that you see: 2 other planes have fresh heartbeats.',
    says: ["so it is this one: the controller's log says what it fails on"],
  },
  {
    code: 'heartbeat-missing',
    when: 'connected, and never heard',
    situation: { plane: aPlane({ agent: { connected: true, connectedAgents: 1 } }) },
    severity: 'trouble',
    known: 'Reported as connected, but without any heartbeat to prove it.',
  },
  {
    code: 'heartbeat-in-future',
    when: 'the gateway is five minutes ahead',
    situation: { plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(-5 * MINUTE) }) }) },
    severity: 'trouble',
    known:
      "The last heartbeat lies in the future on the API server's clock: the clocks of the control plane disagree. It is 5 min ahead.",
    says: ['30 s of difference are allowed'],
  },
  {
    code: 'change-unobserved',
    when: 'a change was made ten minutes ago',
    situation: {
      plane: aPlane({ generation: 3, observedGeneration: 2, specChangedAt: ago(10 * MINUTE) }),
      circumstances: circumstancesWith(),
    },
    severity: 'warning',
    known:
      'The last change, 10 min ago, has not been taken up by the controller: what the status says is older.',
    says: ['metadata.generation is 3, status.observedGeneration 2.'],
    command: 'kubectl --context cp logs -n openchoreo-control-plane deployment/controller-manager --tail=50',
    action: 'refresh',
  },
  {
    code: 'clock-skew',
    when: 'the controller is an hour ahead',
    situation: { plane: aPlane({ agent: agent({ lastConnectedTime: ago(-HOUR) }) }) },
    severity: 'warning',
    known: 'status.agentConnection.lastConnectedTime is 2026-03-10 13:00:00 UTC, which has not come yet.',
    says: ['on which it is 2026-03-10 12:00:00 UTC'],
  },
  {
    code: 'heartbeat-late',
    when: 'nothing was heard for 150 s',
    situation: { plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(150 * SECOND) }) }) },
    severity: 'warning',
    known: 'The heartbeat is late: 2 min old.',
    says: ['After 3 min the status counts as frozen.'],
    action: 'refresh',
  },
  {
    code: 'agents-contradict',
    when: 'connected with nobody',
    situation: { plane: aPlane({ agent: agent({ connectedAgents: 0 }) }) },
    severity: 'warning',
    known: 'Reported as connected with no agents: the status contradicts itself.',
    says: ['connectedAgents: 0'],
  },
  {
    code: 'reference-missing',
    when: 'the observability plane that it names is not there',
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
    code: 'certificate-expiring',
    when: "the agent's own certificate ends in 12 days",
    situation: { facts: { certificate: parsed({ notAfter: ago(-12 * DAY), selfSignedLeaf: true }) } },
    severity: 'warning',
    known:
      "Its CA expires in 12 days, on 2026-03-22 12:00:00 UTC. It is the agent's own self-signed certificate, and ends with its renewal.",
    says: [
      'while one that is connected still looks well',
      'renewed 15 days before its end, at about 2026-03-07 12:00:00 UTC',
    ],
    action: 'replace-certificate',
  },
  {
    code: 'deleting',
    when: 'it was deleted a moment ago',
    situation: { plane: aPlane({ deletingSince: ago(10 * SECOND) }) },
    severity: 'note',
    known: 'Being deleted. Deleted at 2026-03-10 11:59:50 UTC.',
    says: ['disconnects every agent of its planeID'],
  },
  {
    code: 'status-awaited',
    when: 'it was created a moment ago',
    situation: { plane: { ...withoutAgent, createdAt: ago(5 * SECOND) } },
    severity: 'note',
    known: 'Just created: the controller has not reported a status yet.',
    says: ['After 2 min without a status'],
    action: 'refresh',
  },
  {
    code: 'agent-awaited',
    when: 'it was created a minute ago, and its cluster-wide sibling counts nobody either',
    situation: {
      plane: aPlane({ createdAt: ago(MINUTE), agent: never }),
      others: [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: never }))],
    },
    severity: 'note',
    known:
      'Waiting for its agent. No agent with planeID "prod-cluster" has connected yet. ClusterDataPlane shared would count any agent on this planeID, and counts none, which speaks for nobody having dialled in.',
    action: 'connect-agent',
  },
  {
    code: 'not-measured',
    when: 'the control plane calls it directly',
    situation: {
      plane: aPlane({ connection: 'direct', reportsAgent: false, planeID: null, conditions: [] }),
      features: direct,
    },
    severity: 'note',
    known:
      'Nothing measures this plane. The control plane calls this cluster directly, so no agent reports on it.',
    says: ['never counted as healthy'],
  },
  {
    code: 'secret-unreadable',
    when: 'neither Planeboard nor the caller may read it',
    situation: {
      circumstances: circumstancesWith({
        ca: { source: aCaSecret({ state: 'not-visible' }), certificates: [], findings: [] },
      }),
    },
    severity: 'note',
    known: 'Secret acme/prod-agent-ca, which holds its CA, may not be read with your rights.',
    says: ['a CA that is missing or expired would not show here'],
    command: 'kubectl --context cp auth can-i get secrets/prod-agent-ca -n acme',
  },
  {
    code: 'certificate-pinned',
    when: "the agent's own certificate is registered, and good for 60 days",
    situation: {
      facts: {
        certificate: parsed({ notAfter: ago(-60 * DAY), selfSignedLeaf: true, subject: 'CN=cluster-agent' }),
      },
    },
    severity: 'note',
    known:
      "CN=cluster-agent is signed by itself and no CA: what this plane accepts is one agent's certificate.",
    says: ['renewed 15 days before its end, at about 2026-04-24 12:00:00 UTC'],
    action: 'replace-certificate',
  },
  {
    code: 'shared-plane-id',
    when: 'a cluster plane is connected, and another plane is on its planeID',
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
    when: 'its planeID is the one that misspelt agents fall back to',
    situation: { plane: aPlane({ name: 'default', planeID: 'default' }) },
    severity: 'note',
    known: 'This plane has planeID "default", set or taken from its name.',
    says: ["Only this plane's CA keeps them apart."],
  },
  {
    code: 'reference-not-visible',
    when: 'the caller may not list observability planes',
    situation: {
      plane: aPlane({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' } }),
      circumstances: circumstancesWith({ observability: { via: 'explicit', state: 'not-visible' } }),
    },
    severity: 'note',
    known:
      'ObservabilityPlane acme/obs could not be looked for (read 12 s ago): it takes the right to list its kind, and a list that is complete.',
    says: ['no sign that it is missing'],
  },
  {
    code: 'observability-default',
    when: 'it names none, and its namespace has one named default',
    situation: {
      circumstances: circumstancesWith({
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
    when: 'it names none, and there is none named default',
    situation: {
      plane: clusterPlane(),
      circumstances: circumstancesWith({ observability: { via: 'none' } }),
    },
    severity: 'note',
    known: 'It names no observability plane, and there is none that a rule would give it.',
    says: ['a cluster-wide plane that names none uses ClusterObservabilityPlane default'],
    action: 'register-observability-plane',
  },
];

describe('diagnose', () => {
  test.each(rows)('$code: $when', ({ code, situation, severity, known, says = [], command, action }) => {
    const finding = diagnose(inputOf(situation)).find((one) => one.code === code);
    expect(finding).toMatchObject({ code, severity, known });
    const told = `${finding?.evidence} ${finding?.consequence}`;
    for (const words of says) expect(told).toContain(words);
    if (command) expect(finding?.remedies.map((remedy) => remedy.command)).toContain(command);
    if (action) expect(finding?.remedies.map((remedy) => remedy.action)).toContain(action);
  });

  test('every finding that there is has a row', () => {
    const missing = FINDING_CODES.filter((code) => !rows.some((row) => row.code === code));
    expect(missing).toEqual([]);
  });

  test('a healthy plane with everything known and nothing to say has no finding', () => {
    expect(
      diagnose(inputOf({ facts: { certificate: parsed() }, circumstances: circumstancesWith() })),
    ).toEqual([]);
  });

  test('nothing is claimed of surroundings that were not read', () => {
    expect(diagnose(inputOf())).toEqual([]);
  });

  test.each(rows)(
    '$code: $when: every text is a sentence, every command names its cluster',
    ({ situation }) => {
      for (const finding of diagnose(inputOf(situation))) {
        const texts = [finding.evidence, finding.consequence, ...finding.remedies.map(({ text }) => text)];
        for (const text of texts) expect(text).toMatch(/^[A-Z`].*[.]$|^(spec|status|metadata)\..*[.]$/s);
        for (const text of texts) expect(text).not.toMatch(/undefined|null|NaN| {2}|\.\.|\s\./);
        for (const { command } of finding.remedies) {
          if (command !== undefined) expect(command).toMatch(/^(kubectl --context|helm .*--kube-context) \S/);
        }
      }
    },
  );
});
