import type { DiagnosisFinding, FindingCode, RemedyAction } from '@/lib/plane/diagnosis/diagnosis-finding';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { aControlPlane, CURRENT, judged, type Situation } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';

/** A situation, and the finding that it must lead to. */
export interface FindingRow {
  readonly code: FindingCode;
  readonly when: string;
  readonly situation: Situation;
  readonly severity: DiagnosisFinding['severity'];
  readonly known: string;
  /** Parts of the evidence and the consequence. */
  readonly says?: readonly string[];
  /** A command and an action that must be among the remedies. */
  readonly command?: string;
  readonly action?: RemedyAction;
}

export const agent = (changes: Partial<AgentConnection> = {}): AgentConnection => ({
  connected: true,
  connectedAgents: 1,
  lastConnectedTime: ago(DAY_MS),
  lastHeartbeatTime: ago(20 * SECOND_MS),
  ...changes,
});
/** Connected, and the gateway doesn't report the heartbeat. */
export const unreported: AgentConnection = {
  connected: true,
  connectedAgents: 1,
  lastConnectedTime: ago(DAY_MS),
};
export const never: AgentConnection = {
  connected: false,
  connectedAgents: 0,
  message: 'No agents connected',
};
export const gone = agent({
  connected: false,
  connectedAgents: 0,
  lastHeartbeatTime: ago(5 * HOUR_MS + 2 * MINUTE_MS),
  lastDisconnectedTime: ago(5 * HOUR_MS),
});
export const frozen = agent({ lastHeartbeatTime: ago(8 * DAY_MS) });
export const old = { createdAt: ago(3 * DAY_MS) };
const { agent: _agent, ...rest } = aPlane(old);
/** A plane without a report on its agent, three days old. */
export const withoutAgent: Plane = rest;
const cluster: Partial<Plane> = { kind: 'ClusterDataPlane', plural: 'clusterdataplanes' };
const { namespace: _namespace, ...unscoped } = aPlane();
export const clusterPlane = (changes: Partial<Plane> = {}): Plane => ({
  ...unscoped,
  ...cluster,
  ...changes,
});
export const parsed = (
  changes: Partial<Extract<CertificateFact, { state: 'parsed' }>> = {},
): CertificateFact => ({
  state: 'parsed',
  notBefore: ago(60 * DAY_MS),
  notAfter: ago(-200 * DAY_MS),
  subject: 'CN=agents of Aurora',
  selfSignedLeaf: false,
  count: 1,
  ...changes,
});
export const direct: KindFeatures = {
  ...CURRENT,
  planeID: false,
  agentConnection: false,
  clusterAgent: false,
  directAccess: true,
};
/** Another plane of the fleet, with its own planeID. */
export const another = (name: string, changes: Partial<Plane> = {}) =>
  judged(aPlane({ name, uid: `uid-${name}`, planeID: name, ...changes }));
export const incident = {
  id: 'incident-1',
  code: 'control-plane',
  kind: 'frozen',
  since: ago(5 * MINUTE_MS),
  startedBy: null,
  planes: 12,
  lost: 12,
  planeIDs: 12,
  connectedBefore: 12,
  message: 'All 12 connected planes went stale together.',
} as const;
export const gatewayDown = aControlPlane({
  workloads: [
    {
      name: 'cluster-gateway',
      role: 'gateway',
      readyReplicas: 0,
      desiredReplicas: 1,
      changedAt: ago(10 * MINUTE_MS),
    },
  ],
});
