import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { aControlPlane, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { gatewayFacts, readCertificate } from '@/testing/plane/gateway-facts';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import {
  agent,
  another,
  type FindingRow,
  frozen,
  gatewayDown,
  gone,
  incident,
  parsed,
  withoutAgent,
} from './sample-planes';

/** The situations for control plane findings. */
export const CONTROL_PLANE_ROWS: readonly FindingRow[] = [
  {
    code: 'control-plane-incident',
    when: "all planes are stale, the Lease is fresh, and the gateway's Deployment isn't visible",
    situation: {
      plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(5 * MINUTE_MS) }) }),
      facts: { incident: incident.id },
      incidents: [incident],
      related: relatedResourcesWith({ controlPlane: aControlPlane({ workloads: [] }) }),
    },
    severity: 'error',
    known: incident.message,
    says: [
      'Lease openchoreo.dev was renewed 3 s before it was read.',
      'The controller runs, so the gateway is the likely cause.',
    ],
    command: 'kubectl --context cp get pods -n openchoreo-control-plane',
  },
  {
    code: 'controller-down',
    when: 'the Lease is no longer renewed',
    situation: {
      plane: aPlane({ agent: frozen }),
      related: relatedResourcesWith({
        controlPlane: aControlPlane({
          lease: { name: 'openchoreo.dev', holder: 'cm-0', renewedAt: ago(8 * DAY_MS), renewals: 'none' },
        }),
      }),
    },
    severity: 'error',
    known:
      'Deployment controller-manager has 1 of 1 replicas ready. Lease openchoreo.dev was last renewed 7 days before it was read.',
    says: ['The agents themselves may still be connected.'],
    command: 'kubectl --context cp logs -n openchoreo-control-plane deployment/controller-manager --tail=50',
  },
  {
    code: 'gateway-down',
    when: 'the Deployment of the gateway has no ready replica',
    situation: {
      plane: aPlane({ agent: gone }),
      related: relatedResourcesWith({ controlPlane: gatewayDown }),
    },
    severity: 'error',
    known: 'Deployment cluster-gateway has had 0 of 1 replicas ready for 10 min.',
    command: 'kubectl --context cp rollout restart deployment/cluster-gateway -n openchoreo-control-plane',
  },
  {
    code: 'gateway-replicas',
    when: 'the gateway is set to two replicas, and the Service of the mesh does not exist',
    situation: {
      facts: {
        flapping: { since: ago(10 * MINUTE_MS), lastChangeAt: ago(MINUTE_MS), until: ago(-5 * MINUTE_MS) },
      },
      related: relatedResourcesWith({
        controlPlane: aControlPlane({
          workloads: [
            {
              name: 'cluster-gateway',
              role: 'gateway',
              readyReplicas: 2,
              desiredReplicas: 2,
              changedAt: ago(DAY_MS),
            },
          ],
        }),
      }),
    },
    severity: 'warning',
    known: "Deployment cluster-gateway is set to 2 replicas, and Service cluster-gateway-mesh doesn't exist.",
    says: ['The reported connection changes from minute to minute although the agent is fine'],
    command: 'kubectl --context cp scale deployment/cluster-gateway --replicas=1 -n openchoreo-control-plane',
  },
  {
    code: 'gateway-certificate',
    when: "the agent disconnected after the gateway's certificate expired",
    situation: {
      plane: aPlane({ agent: { ...gone, lastDisconnectedTime: ago(MINUTE_MS) } }),
      gateway: gatewayFacts({ serving: readCertificate(ago(90 * DAY_MS), ago(HOUR_MS)) }),
    },
    severity: 'error',
    known:
      'The serving certificate in the Secret cluster-gateway-tls expired 1 h ago, on 2026-03-10 11:00:00 UTC.',
    says: [
      "read every minute since 2026-03-09 12:00:00 UTC with Planeboard's own permissions",
      'If the gateway uses it, all agents lose their connection at their next reconnect.',
      'This is the likely reason why no agent is connected.',
    ],
    command:
      'kubectl --context cp describe certificates.cert-manager.io cluster-gateway-tls -n openchoreo-control-plane',
  },
  {
    code: 'gateway-certificate',
    when: "the agent disconnected before the gateway's CA expired",
    situation: {
      plane: aPlane({ agent: { ...gone, lastDisconnectedTime: ago(DAY_MS) } }),
      gateway: gatewayFacts({ ca: readCertificate(ago(3650 * DAY_MS), ago(HOUR_MS)) }),
    },
    severity: 'error',
    known: 'The CA in the Secret cluster-gateway-ca expired 1 h ago, on 2026-03-10 11:00:00 UTC.',
    says: [
      'This agent disconnected before that, for another reason, but this may keep it from reconnecting.',
    ],
  },
  {
    code: 'gateway-certificate',
    when: "no agent ever connected, and the CA doesn't verify the gateway's certificate",
    situation: {
      plane: aPlane({ agent: { connected: false, connectedAgents: 0 } }),
      gateway: gatewayFacts({ verified: false }),
    },
    severity: 'error',
    known:
      "The CA in the Secret cluster-gateway-ca doesn't verify the serving certificate in the Secret cluster-gateway-tls.",
    says: ['This may be the reason why no agent is connected.'],
  },
  {
    code: 'gateway-certificate',
    when: "the agent disconnected while the gateway's CA was another one, which was set back",
    situation: {
      plane: aPlane({ agent: { ...gone, lastDisconnectedTime: ago(8 * MINUTE_MS) } }),
      gateway: gatewayFacts({
        caChange: {
          before: 'AA:BB:CC:DD',
          after: '11:22:33:44',
          lastSeenAt: ago(10 * MINUTE_MS),
          seenAt: ago(9 * MINUTE_MS),
          setBackAt: ago(5 * MINUTE_MS),
        },
      }),
    },
    severity: 'warning',
    known:
      'The CA in the Secret cluster-gateway-ca was another one between 2026-03-10 11:50 and 11:55 UTC, and this agent disconnected about then. Its SHA-256 fingerprint began with 11:22:33:44, and begins with AA:BB:CC:DD again.',
    says: ['Agents that trust this CA reconnect by themselves'],
  },
  {
    code: 'status-missing',
    when: 'no status was reported for three days, and nothing else is wrong',
    situation: {
      plane: withoutAgent,
      facts: { certificate: parsed() },
      others: [another('eu')],
      related: relatedResourcesWith(),
    },
    severity: 'error',
    known: 'No status reported in the 3 days since creation.',
    says: [
      'One other plane has a fresh heartbeat, of this kind.',
      "The agent CA can be read, and the control plane seems to work. Check the controller's log.",
    ],
    action: 'refresh',
  },
  {
    code: 'heartbeat-stale',
    when: 'the heartbeat is eight days old, while other planes of the kind are live',
    situation: { plane: aPlane({ agent: frozen }), others: [another('eu'), another('us')] },
    severity: 'error',
    known:
      "Last heartbeat 8 days ago. The status still says connected, but nothing has confirmed it since. It's the only stale plane that you see. 2 other planes have fresh heartbeats.",
    says: ['(2026-03-02 12:00:00 UTC)', "Check the controller's log for why it fails on this one."],
  },
  {
    code: 'heartbeat-missing',
    when: 'the plane is connected, but has no heartbeat',
    situation: { plane: aPlane({ agent: { connected: true, connectedAgents: 1 } }) },
    severity: 'error',
    known: 'The status says connected but has no readable heartbeat to prove it.',
  },
  {
    code: 'heartbeat-in-future',
    when: "the gateway's clock is five minutes ahead",
    situation: { plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(-5 * MINUTE_MS) }) }) },
    severity: 'error',
    known:
      "The last heartbeat is in the future on the API server's clock. The clocks of the control plane disagree. The heartbeat is 5 min ahead.",
    says: ['A difference of 30 s is allowed.'],
  },
  {
    code: 'clock-skew',
    when: "the controller's clock is an hour ahead",
    situation: { plane: aPlane({ agent: agent({ lastConnectedTime: ago(-HOUR_MS) }) }) },
    severity: 'warning',
    known: 'status.agentConnection.lastConnectedTime is 2026-03-10 13:00:00 UTC, which is in the future.',
    says: ["the API server's clock (2026-03-10 12:00:00 UTC)"],
  },
  {
    code: 'heartbeat-late',
    when: 'the heartbeat is 150 s old',
    situation: { plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(150 * SECOND_MS) }) }) },
    severity: 'warning',
    known: 'Last heartbeat 2 min ago, which is later than expected.',
    says: ['After 3 min, the status counts as stale.'],
    action: 'refresh',
  },
  {
    code: 'agents-contradict',
    when: 'the plane is connected, but reports no agent',
    situation: { plane: aPlane({ agent: agent({ connectedAgents: 0 }) }) },
    severity: 'warning',
    known: 'The status contradicts itself: connected, but no agents.',
    says: ['connectedAgents: 0'],
  },
  {
    code: 'status-awaited',
    when: 'the plane was just created',
    situation: { plane: { ...withoutAgent, createdAt: ago(5 * SECOND_MS) } },
    severity: 'note',
    known: "The controller hasn't reported a status yet.",
    says: ['After 2 min without a status'],
    action: 'refresh',
  },
];
