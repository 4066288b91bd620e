import { describe, expect, test } from 'vitest';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { parsedCa } from './ca-bundle';
import { deriveHealth } from './derive-health';
import type { CertificateFact, HealthFacts } from './health-facts';
import type { ReasonCode } from './health-finding';
import type { HealthState } from './health-state';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const agent = (changes: Partial<AgentConnection>): AgentConnection => ({
  connected: true,
  connectedAgents: 1,
  lastConnectedTime: ago(DAY),
  lastHeartbeatTime: ago(20 * SECOND),
  ...changes,
});
const lost = agent({
  connected: false,
  connectedAgents: 0,
  lastHeartbeatTime: ago(DAY),
  lastDisconnectedTime: ago(DAY - 2 * MINUTE),
});
const never: AgentConnection = { connected: false, connectedAgents: 0, message: 'No agents connected' };
const { agent: _agent, ...withoutAgent } = aPlane();
const direct: Partial<Plane> = { connection: 'direct', reportsAgent: false, planeID: null };
const unknownSchema: Partial<Plane> = { reportsAgent: false, schemaUnknown: true };
const parsed = {
  state: 'parsed',
  notBefore: ago(60 * DAY),
  subject: 'CN=agent',
  selfSignedLeaf: false,
  count: 1,
} as const;

const unreported: AgentConnection = { connected: true, connectedAgents: 1, lastConnectedTime: ago(DAY) };

const clusterPlane = (changes: Partial<Plane>) =>
  aPlane({ kind: 'ClusterDataPlane', plural: 'clusterdataplanes', ...changes });

/** A status without a heartbeat; `lastMs` is the age of the remembered one. */
function gap(lastMs: number | null, severalReplicas = true): Partial<HealthFacts> {
  return { heartbeatGap: { last: lastMs === null ? null : ago(lastMs), severalReplicas } };
}

/** A controller whose Lease proved it alive this long ago, in milliseconds. */
function proof(agoMs: number): Partial<HealthFacts> {
  return { controller: { lease: 'read', provenAt: new Date(NOW_MS - agoMs).toISOString() } };
}

/** A flapping connection, in milliseconds before now; by default for another 5 min. */
function flaps({
  sinceMs,
  changedMs,
  untilMs = 5 * MINUTE,
}: {
  readonly sinceMs: number;
  readonly changedMs: number;
  readonly untilMs?: number;
}): Partial<HealthFacts> {
  const at = (ms: number) => new Date(NOW_MS - ms).toISOString();
  return { flapping: { since: at(sinceMs), lastChangeAt: at(changedMs), until: at(-untilMs) } };
}

interface Row {
  rule: string;
  plane: Plane;
  facts?: Partial<HealthFacts>;
  state: HealthState;
  code?: ReasonCode;
}

interface Bundled {
  /** Days since the end of a self-signed leaf or of a CA; negative until then. */
  readonly leaf?: number;
  readonly authority?: number;
  readonly beginsInDays?: number;
}

function bundle(...certificates: Bundled[]): CertificateFact {
  const read = certificates.map(({ leaf, authority, beginsInDays = -100 }) => ({
    notBefore: ago(-beginsInDays * DAY),
    notAfter: ago((leaf ?? authority ?? 0) * DAY),
    selfSignedLeaf: leaf !== undefined,
    subject: 'CN=agent',
    obstacle: null,
  }));
  return parsedCa(read) ?? { state: 'not-checked' };
}

const rows: Row[] = [
  {
    rule: '1: unreadable',
    plane: aPlane({ unreadable: ['The resource has no spec.'] }),
    state: 'unknown',
    code: 'unreadable',
  },
  {
    rule: '1: no contact ever',
    plane: aPlane(),
    facts: { contactAtMs: null },
    state: 'unknown',
    code: 'no-contact',
  },
  {
    rule: '1: contact exactly 60 s ago counts',
    plane: aPlane(),
    facts: { contactAtMs: NOW_MS - MINUTE },
    state: 'healthy',
  },
  {
    rule: '1: contact more than 60 s ago',
    plane: aPlane(),
    facts: { contactAtMs: NOW_MS - MINUTE - 1 },
    state: 'unknown',
    code: 'no-contact',
  },
  {
    rule: '1: contact ahead within the skew',
    plane: aPlane(),
    facts: { contactAtMs: NOW_MS + 30 * SECOND },
    state: 'healthy',
  },
  {
    rule: '1: contact ahead beyond the skew',
    plane: aPlane(),
    facts: { contactAtMs: NOW_MS + 30 * SECOND + 1 },
    state: 'unknown',
    code: 'no-contact',
  },
  {
    rule: '1 before 5: no contact and disconnected',
    plane: aPlane({ agent: lost }),
    facts: { contactAtMs: NOW_MS - 2 * MINUTE },
    state: 'unknown',
    code: 'no-contact',
  },
  {
    rule: '2: being deleted',
    plane: aPlane({ deletingSince: ago(10 * SECOND) }),
    state: 'deleting',
    code: 'deleting',
  },
  {
    rule: '2: being deleted for more than 5 min',
    plane: aPlane({ deletingSince: ago(5 * MINUTE + SECOND) }),
    state: 'degraded',
    code: 'deletion-slow',
  },
  {
    rule: '2: deletion blocked',
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
    state: 'degraded',
    code: 'deletion-blocked',
  },
  {
    rule: '2 before 5: deleting and disconnected',
    plane: aPlane({ deletingSince: ago(10 * SECOND), agent: lost }),
    state: 'deleting',
    code: 'deleting',
  },
  {
    rule: '4: unreadable schema, only Ready True',
    plane: { ...withoutAgent, ...unknownSchema, conditions: [{ type: 'Ready', status: 'True' }] },
    state: 'unknown',
    code: 'schema-unknown',
  },
  {
    rule: '4: unreadable schema, no report',
    plane: { ...withoutAgent, ...unknownSchema, conditions: [] },
    state: 'unknown',
    code: 'schema-unknown',
  },
  {
    rule: '4: unreadable schema, just created',
    plane: { ...withoutAgent, ...unknownSchema, createdAt: ago(MINUTE) },
    state: 'pending',
    code: 'schema-unknown',
  },
  {
    rule: '9: unreadable schema, reported agent',
    plane: aPlane({ schemaUnknown: true }),
    state: 'healthy',
  },
  {
    rule: '3: direct access, no report',
    plane: aPlane({ ...direct, conditions: [] }),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: direct access, only Created True',
    plane: aPlane(direct),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: direct access, Connected False',
    plane: aPlane({
      ...direct,
      conditions: [
        { type: 'Ready', status: 'False' },
        { type: 'Connected', status: 'False', reason: 'Refused' },
      ],
    }),
    state: 'disconnected',
    code: 'condition-false',
  },
  {
    rule: '3: direct access, Ready False',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'False' }] }),
    state: 'degraded',
    code: 'condition-false',
  },
  {
    rule: '3: direct access, Ready True, and the controller proven alive',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'True' }] }),
    facts: proof(20 * SECOND),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: direct access, Connected True, and the controller proven alive 60 s ago',
    plane: aPlane({ ...direct, conditions: [{ type: 'Connected', status: 'True' }] }),
    facts: proof(MINUTE),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: direct access, Ready True of an earlier spec, and the controller proven alive',
    plane: aPlane({
      ...direct,
      generation: 2,
      observedGeneration: 2,
      specChangedAt: ago(SECOND),
      conditions: [{ type: 'Ready', status: 'True', observedGeneration: 1 }],
    }),
    facts: proof(20 * SECOND),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: the same, before the controller has observed the change',
    plane: aPlane({
      ...direct,
      generation: 2,
      observedGeneration: 1,
      specChangedAt: ago(SECOND),
      conditions: [{ type: 'Ready', status: 'True' }],
    }),
    facts: proof(20 * SECOND),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: the same, as soon as the controller has observed the change',
    plane: aPlane({
      ...direct,
      generation: 2,
      observedGeneration: 2,
      specChangedAt: ago(SECOND),
      conditions: [{ type: 'Ready', status: 'True' }],
    }),
    facts: proof(20 * SECOND),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: the same, with another condition that was set for the spec as it is',
    plane: aPlane({
      ...direct,
      generation: 2,
      observedGeneration: 2,
      specChangedAt: ago(DAY),
      conditions: [
        { type: 'Ready', status: 'True', observedGeneration: 1 },
        { type: 'Connected', status: 'True', observedGeneration: 2 },
      ],
    }),
    facts: proof(20 * SECOND),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: direct access, Connected True, and a proof older than 60 s',
    plane: aPlane({ ...direct, conditions: [{ type: 'Connected', status: 'True' }] }),
    facts: proof(MINUTE + 1),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: direct access, Ready True, and a proof 31 s ahead',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'True' }] }),
    facts: proof(-31 * SECOND),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: direct access, Ready True, and Leases that may not be listed',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'True' }] }),
    facts: { controller: { lease: 'not-visible', provenAt: null } },
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: direct access, Ready True, and nothing read of the controller',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'True' }] }),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: an agent in a release that reports none, Ready True, and the controller proven alive',
    plane: aPlane({ reportsAgent: false, conditions: [{ type: 'Ready', status: 'True' }] }),
    facts: proof(20 * SECOND),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: direct access, Ready Unknown',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'Unknown' }] }),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: agent in a schema that reports none',
    plane: aPlane({ reportsAgent: false }),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3 with 8: direct access, other problem',
    plane: aPlane({ ...direct, observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'gone' } }),
    facts: { observabilityPlane: 'missing' },
    state: 'degraded',
    code: 'reference-missing',
  },
  {
    rule: '4: new without a status',
    plane: { ...withoutAgent, createdAt: ago(2 * MINUTE) },
    state: 'pending',
    code: 'status-awaited',
  },
  {
    rule: '4: no status for more than 120 s',
    plane: { ...withoutAgent, createdAt: ago(2 * MINUTE + SECOND) },
    state: 'unknown',
    code: 'status-missing',
  },
  {
    rule: '4: Ready True without agentConnection',
    plane: { ...withoutAgent, conditions: [{ type: 'Ready', status: 'True' }] },
    state: 'unknown',
    code: 'status-missing',
  },
  {
    rule: '5: disconnected agent',
    plane: aPlane({ agent: lost }),
    state: 'disconnected',
    code: 'agent-lost',
  },
  {
    rule: '5: disconnected agent on a new plane',
    plane: aPlane({ agent: lost, createdAt: ago(MINUTE) }),
    state: 'disconnected',
    code: 'agent-lost',
  },
  {
    rule: '5: never connected for 15 min',
    plane: aPlane({ agent: never, createdAt: ago(15 * MINUTE) }),
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: '5: never connected for longer',
    plane: aPlane({ agent: never, createdAt: ago(15 * MINUTE + SECOND) }),
    state: 'disconnected',
    code: 'never-connected',
  },
  {
    rule: '5: a sibling has had an agent for longer than the controller takes',
    plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(76 * SECOND) } },
    state: 'disconnected',
    code: 'agent-refused',
  },
  {
    rule: "5: a sibling's agent, before the controller can have noticed",
    plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(75 * SECOND) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent, on a plane that was just added and dropped it for a moment",
    plane: aPlane({ agent: never, createdAt: ago(85 * SECOND) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent, after a refresh was answered",
    plane: aPlane({ agent: never, createdAt: ago(20 * SECOND), refreshedAt: ago(6 * SECOND) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY) } },
    state: 'disconnected',
    code: 'agent-refused',
  },
  {
    rule: "5: a sibling's agent, a refresh too soon after the plane was added",
    plane: aPlane({ agent: never, createdAt: ago(20 * SECOND), refreshedAt: ago(11 * SECOND) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent whose time isn't known",
    plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: null } },
    state: 'disconnected',
    code: 'agent-refused',
  },
  {
    rule: "5: a sibling's agent, and a change that the controller hasn't observed",
    plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE), generation: 2 }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent on a cluster-wide plane, which would report any",
    plane: clusterPlane({ agent: never, createdAt: ago(3 * MINUTE) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent after 15 min, on a cluster-wide plane",
    plane: clusterPlane({ agent: never, createdAt: ago(16 * MINUTE) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY) } },
    state: 'disconnected',
    code: 'never-connected',
  },
  {
    rule: "5: a sibling's agent, and an agent of its own before",
    plane: aPlane({ agent: lost }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY) } },
    state: 'disconnected',
    code: 'agent-lost',
  },
  {
    rule: '6: connected without a heartbeat',
    plane: aPlane({ agent: { connected: true, connectedAgents: 1 } }),
    state: 'unknown',
    code: 'heartbeat-missing',
  },
  {
    rule: '6: unreadable heartbeat time',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: 'yesterday' }) }),
    state: 'unknown',
    code: 'heartbeat-missing',
  },
  {
    rule: '6: no heartbeat, several replicas, none ever reported',
    plane: aPlane({ agent: unreported }),
    facts: gap(null),
    state: 'unmonitored',
    code: 'heartbeat-not-reported',
  },
  {
    rule: '6: no heartbeat, several replicas, one heard 40 s ago',
    plane: aPlane({ agent: unreported }),
    facts: gap(40 * SECOND),
    state: 'healthy',
    code: 'heartbeat-remembered',
  },
  {
    rule: '6: no heartbeat, gateway unknown, one heard 120 s ago',
    plane: aPlane({ agent: unreported }),
    facts: gap(120 * SECOND, false),
    state: 'healthy',
    code: 'heartbeat-remembered',
  },
  {
    rule: '6: no heartbeat, a single replica',
    plane: aPlane({ agent: unreported }),
    facts: gap(null, false),
    state: 'unknown',
    code: 'heartbeat-missing',
  },
  {
    rule: '6: remembered heartbeat more than 30 s ahead',
    plane: aPlane({ agent: unreported }),
    facts: gap(-31 * SECOND),
    state: 'unknown',
    code: 'heartbeat-in-future',
  },
  {
    rule: '7: remembered heartbeat older than 180 s',
    plane: aPlane({ agent: unreported }),
    facts: gap(181 * SECOND),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '8: remembered heartbeat older than 120 s',
    plane: aPlane({ agent: unreported }),
    facts: gap(121 * SECOND),
    state: 'degraded',
    code: 'heartbeat-late',
  },
  {
    rule: '6: the heartbeat in the status counts before the remembered one',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(181 * SECOND) }) }),
    facts: gap(10 * SECOND),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '8 before 6: an unreported heartbeat hides no known problem',
    plane: aPlane({ agent: unreported }),
    facts: { ...gap(null), certificate: { ...parsed, notAfter: ago(DAY) } },
    state: 'degraded',
    code: 'certificate-expired',
  },
  {
    rule: '8 before 6: an unreported heartbeat without agents',
    plane: aPlane({ agent: { ...unreported, connectedAgents: 0 } }),
    facts: gap(null),
    state: 'degraded',
    code: 'agents-contradict',
  },
  {
    rule: '8: flapping while connected',
    plane: aPlane(),
    facts: flaps({ sinceMs: 10 * MINUTE, changedMs: MINUTE }),
    state: 'degraded',
    code: 'connection-flapping',
  },
  {
    rule: '8 before 5: flapping while not connected, and for 5 min at most',
    plane: aPlane({ agent: lost }),
    facts: flaps({ sinceMs: 10 * MINUTE, changedMs: 5 * MINUTE }),
    state: 'degraded',
    code: 'connection-flapping',
  },
  {
    rule: '5: not connected for more than 5 min after flapping',
    plane: aPlane({ agent: lost }),
    facts: flaps({ sinceMs: 10 * MINUTE, changedMs: 5 * MINUTE + 1 }),
    state: 'disconnected',
    code: 'agent-lost',
  },
  {
    rule: '9: stable again after flapping',
    plane: aPlane(),
    facts: flaps({ sinceMs: 20 * MINUTE, changedMs: 6 * MINUTE, untilMs: -1 }),
    state: 'healthy',
  },
  {
    rule: '7 before 8: a stale heartbeat while flapping',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(181 * SECOND) }) }),
    facts: flaps({ sinceMs: 10 * MINUTE, changedMs: 4 * MINUTE }),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '8: a left-over kind, connected with a fresh heartbeat',
    plane: aPlane({ kind: 'BuildPlane', plural: 'buildplanes' }),
    facts: { unreconciled: true },
    state: 'degraded',
    code: 'kind-unreconciled',
  },
  {
    rule: '8: a left-over kind, before its late heartbeat',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(121 * SECOND) }) }),
    facts: { unreconciled: true },
    state: 'degraded',
    code: 'kind-unreconciled',
  },
  {
    rule: '8: a left-over kind, before the report that it seems to wait for',
    plane: { ...withoutAgent, createdAt: ago(SECOND) },
    facts: { unreconciled: true },
    state: 'degraded',
    code: 'kind-unreconciled',
  },
  {
    rule: '8: a left-over kind without an agent, whose conditions are True',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'True' }] }),
    facts: { unreconciled: true },
    state: 'degraded',
    code: 'kind-unreconciled',
  },
  {
    rule: '7 before 8: a left-over kind with a stale heartbeat',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(181 * SECOND) }) }),
    facts: { unreconciled: true },
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '6: heartbeat 30 s ahead, within the skew',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(-30 * SECOND) }) }),
    state: 'healthy',
  },
  {
    rule: '6: heartbeat more than 30 s ahead',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(-31 * SECOND) }) }),
    state: 'unknown',
    code: 'heartbeat-in-future',
  },
  {
    rule: '7: heartbeat 8 days old',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(8 * DAY) }) }),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '7: heartbeat older than 180 s',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(181 * SECOND) }) }),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '7 before 8: stale with an expired CA',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(DAY) }) }),
    facts: { certificate: { ...parsed, notAfter: ago(DAY) } },
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '8: heartbeat exactly 180 s old is late',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(180 * SECOND) }) }),
    state: 'degraded',
    code: 'heartbeat-late',
  },
  {
    rule: '8: heartbeat older than 120 s',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(121 * SECOND) }) }),
    state: 'degraded',
    code: 'heartbeat-late',
  },
  {
    rule: '8: connected with no agents',
    plane: aPlane({ agent: agent({ connectedAgents: 0 }) }),
    state: 'degraded',
    code: 'agents-contradict',
  },
  ...(['Created', 'Ready', 'Connected', 'GatewayProvisioned'] as const).map(
    (type): Row => ({
      rule: `8: ${type} False`,
      plane: aPlane({ conditions: [{ type, status: 'False', reason: 'Broken' }] }),
      state: 'degraded',
      code: 'condition-false',
    }),
  ),
  {
    rule: '8: undocumented condition False',
    plane: aPlane({ conditions: [{ type: 'Sunny', status: 'False' }] }),
    state: 'healthy',
  },
  {
    rule: '8: documented condition Unknown',
    plane: aPlane({ conditions: [{ type: 'Ready', status: 'Unknown' }] }),
    state: 'healthy',
  },
  {
    rule: '8: generation unobserved for 120 s',
    plane: aPlane({ generation: 2, specChangedAt: ago(121 * SECOND) }),
    state: 'degraded',
    code: 'change-unobserved',
  },
  {
    rule: '8: generation unobserved for under 120 s',
    plane: aPlane({ generation: 2, specChangedAt: ago(119 * SECOND) }),
    state: 'healthy',
  },
  {
    rule: '8: generation unobserved for 120 s, and changed again since',
    plane: aPlane({ generation: 4, specChangedAt: ago(SECOND), unobservedSince: ago(121 * SECOND) }),
    state: 'degraded',
    code: 'change-unobserved',
  },
  {
    rule: '8: generation of a cluster kind',
    plane: aPlane({
      kind: 'ClusterDataPlane',
      plural: 'clusterdataplanes',
      generation: 9,
      specChangedAt: ago(DAY),
    }),
    state: 'healthy',
  },
  {
    rule: '8: explicit reference missing',
    plane: aPlane({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'gone' } }),
    facts: { observabilityPlane: 'missing' },
    state: 'degraded',
    code: 'reference-missing',
  },
  {
    rule: '8: explicit reference not visible',
    plane: aPlane({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'secret' } }),
    facts: { observabilityPlane: 'not-visible' },
    state: 'healthy',
  },
  {
    rule: '8: certificate expired',
    plane: aPlane(),
    facts: { certificate: { ...parsed, notAfter: ago(SECOND) } },
    state: 'degraded',
    code: 'certificate-expired',
  },
  {
    rule: '8: certificate not valid yet',
    plane: aPlane(),
    facts: { certificate: { ...parsed, notBefore: ago(-DAY), notAfter: ago(-90 * DAY) } },
    state: 'degraded',
    code: 'certificate-not-yet-valid',
  },
  {
    rule: '8: CA expires within 14 days',
    plane: aPlane(),
    facts: { certificate: { ...parsed, notAfter: ago(-13 * DAY) } },
    state: 'degraded',
    code: 'certificate-expiring',
  },
  {
    rule: '8: CA expires in more than 14 days',
    plane: aPlane(),
    facts: { certificate: { ...parsed, notAfter: ago(-15 * DAY) } },
    state: 'healthy',
  },
  {
    rule: '8: pinned leaf expires within 30 days',
    plane: aPlane(),
    facts: { certificate: { ...parsed, selfSignedLeaf: true, notAfter: ago(-29 * DAY) } },
    state: 'degraded',
    code: 'certificate-expiring',
  },
  {
    rule: '8: bundle, old leaf ends within 30 days',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: -3 }, { leaf: -78 }) },
    state: 'degraded',
    code: 'certificate-partly-expiring',
  },
  {
    rule: '8: bundle, old leaf expired',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: 3 }, { leaf: -78 }) },
    state: 'degraded',
    code: 'certificate-partly-expired',
  },
  {
    rule: '8: bundle, old CA ends after 14 days',
    plane: aPlane(),
    facts: { certificate: bundle({ authority: -15 }, { authority: -300 }) },
    state: 'healthy',
  },
  {
    rule: '8: bundle, all expire soon',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: -3 }, { leaf: -20 }) },
    state: 'degraded',
    code: 'certificate-partly-expiring',
  },
  {
    rule: '8: bundle, all expired',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: 3 }, { leaf: 1 }) },
    state: 'degraded',
    code: 'certificate-expired',
  },
  {
    rule: '8: bundle, one expired and one future',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: 3 }, { leaf: -90, beginsInDays: 1 }) },
    state: 'degraded',
    code: 'certificate-not-yet-valid',
  },
  {
    rule: '8: bundle, one good and one future',
    plane: aPlane(),
    facts: { certificate: bundle({ authority: -40 }, { authority: -300, beginsInDays: 1 }) },
    state: 'healthy',
  },
  {
    rule: '8: unreadable CA',
    plane: aPlane(),
    facts: { certificate: { state: 'unparsable', problem: 'no certificate found.' } },
    state: 'degraded',
    code: 'certificate-unparsable',
  },
  {
    rule: '8: no CA',
    plane: aPlane(),
    facts: { certificate: { state: 'absent' } },
    state: 'degraded',
    code: 'certificate-absent',
  },
  {
    rule: '8: Secret missing',
    plane: aPlane(),
    facts: { certificate: { state: 'secret-missing', secret: 'acme/ca' } },
    state: 'degraded',
    code: 'secret-missing',
  },
  {
    rule: '8: key missing',
    plane: aPlane(),
    facts: { certificate: { state: 'key-missing', secret: 'acme/ca', key: 'ca.crt' } },
    state: 'degraded',
    code: 'secret-key-missing',
  },
  { rule: '9: healthy', plane: aPlane(), state: 'healthy' },
  {
    rule: '9: heartbeat exactly 120 s old is fresh',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(120 * SECOND) }) }),
    state: 'healthy',
  },
  {
    rule: '9: shared planeID of a cluster kind',
    plane: aPlane({ kind: 'ClusterDataPlane', plural: 'clusterdataplanes' }),
    facts: { siblings: 1 },
    state: 'healthy',
    code: 'shared-plane-id',
  },
];

/** Matches an age such as `3 min` or `12 days`, which would be wrong a minute later. */
const AGE = /\b\d+ (s|min|h|d|days?)\b/;

describe('deriveHealth', () => {
  test.each(rows)('follows rule $rule -> $state', ({ plane, facts, state, code }) => {
    const health = deriveHealth(plane, someFacts(facts), NOW_MS);
    expect(health.state).toBe(state);
    // The first reason names the state. A healthy plane with nothing to add has none.
    expect(health.reasons[0]?.code).toBe(code);
  });

  test.each<[string, CertificateFact, string[]]>([
    [
      'the old one expires soon',
      bundle({ leaf: -78 }, { leaf: -3 }),
      [
        'One of 2 certificates in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
      ],
    ],
    [
      'the old one has expired',
      bundle({ leaf: 3 }, { leaf: -78 }),
      [
        'One of 2 certificates in the CA bundle expired 3 days ago, on 2026-03-07 12:00:00 UTC. The gateway rejects an agent that still depends on it when it reconnects.',
      ],
    ],
    [
      'two have expired and the last one expires soon',
      bundle({ authority: 3 }, { authority: 5 }, { authority: -1 }),
      [
        '2 of 3 certificates in the CA bundle expired, the last 3 days ago, on 2026-03-07 12:00:00 UTC. The gateway rejects an agent that still depends on one of them when it reconnects.',
        'The last of 3 certificates in the CA bundle expires in 1 day, on 2026-03-11 12:00:00 UTC.',
      ],
    ],
    [
      'two expire soon',
      bundle({ authority: -3 }, { authority: -5 }, { authority: -100 }),
      [
        '2 of 3 certificates in the CA bundle expire, the first in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on one of them when it reconnects.',
      ],
    ],
    [
      'none is valid now',
      bundle({ leaf: 3 }, { leaf: -90, beginsInDays: 1 }),
      [
        'No certificate in the CA bundle is valid now. The next one becomes valid in 1 day, on 2026-03-11 12:00:00 UTC.',
      ],
    ],
    [
      'none will be valid after the current one expires soon',
      bundle({ leaf: -90, beginsInDays: 10 }, { leaf: -3 }),
      [
        "The last valid certificate in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC, and the next one isn't valid before 2026-03-20 12:00:00 UTC. In between, the gateway rejects an agent that reconnects.",
      ],
    ],
    [
      'two expire soon, before the next one becomes valid',
      bundle({ authority: -2 }, { authority: -4 }, { authority: -90, beginsInDays: 4.01 }),
      [
        'One of 3 certificates in the CA bundle expires in 2 days, on 2026-03-12 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
        "The last valid certificate in the CA bundle expires in 4 days, on 2026-03-14 12:00:00 UTC, and the next one isn't valid before 2026-03-14 12:14:24 UTC. In between, the gateway rejects an agent that reconnects.",
      ],
    ],
    [
      'the next one becomes valid before the current one expires',
      bundle({ authority: -3 }, { authority: -90, beginsInDays: 2 }),
      [
        'One of 2 certificates in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
      ],
    ],
    [
      'two expire at the same time, and one of them begins later',
      bundle({ authority: -40 }, { authority: -40, beginsInDays: 2 }),
      [],
    ],
    ['a gap is far away', bundle({ authority: -40 }, { authority: -90, beginsInDays: 60 }), []],
    ['the bundle contains the same certificate twice', bundle({ authority: -40 }, { authority: -40 }), []],
  ])("never reports a part's problem as the whole bundle's: %s", (_, certificate, messages) => {
    const health = deriveHealth(aPlane(), someFacts({ certificate }), NOW_MS);
    expect(health.reasons.map(({ message }) => message)).toEqual(messages);
  });

  test.each(rows)(
    'follows rule $rule: in moments the reasons are the same and contain no age',
    ({ plane, facts }) => {
      const byAge = deriveHealth(plane, someFacts(facts), NOW_MS);
      const byMoment = deriveHealth(plane, someFacts(facts), NOW_MS, 'moments');
      expect(byMoment.state).toBe(byAge.state);
      expect(byMoment.reasons.map(({ code }) => code)).toEqual(byAge.reasons.map(({ code }) => code));
      for (const { message } of byMoment.reasons) expect(message).not.toMatch(AGE);
    },
  );

  test("doesn't blame the API server for Planeboard's own silence", () => {
    const contactAtMs = NOW_MS - 2 * MINUTE;
    const message = (serverSilent: boolean) =>
      deriveHealth(aPlane(), someFacts({ contactAtMs, serverSilent }), NOW_MS).reasons[0]?.message;
    expect(message(false)).toBe('No data from the API server for 2 min. This plane may have changed since.');
    expect(message(true)).toBe("Planeboard's server isn't responding. Last updated 2 min ago.");
  });

  test('keeps all reasons, the one that names the state first', () => {
    const health = deriveHealth(
      aPlane({
        agent: lost,
        conditions: [{ type: 'Ready', status: 'False', reason: 'Broken', message: 'no gateway' }],
      }),
      someFacts({ certificate: { ...parsed, notAfter: ago(DAY) } }),
      NOW_MS,
    );
    expect(health.reasons.map((reason) => reason.code)).toEqual([
      'agent-lost',
      'condition-false',
      'certificate-expired',
    ]);
    expect(health.reasons[1]?.message).toBe('Ready is False (Broken): no gateway');
  });

  test("doesn't report a deletion, which also increments the generation, as an unobserved change", () => {
    const plane = aPlane({ generation: 2, specChangedAt: ago(DAY), deletingSince: ago(10 * SECOND) });
    expect(deriveHealth(plane, someFacts(), NOW_MS).reasons.map((reason) => reason.code)).toEqual([
      'deleting',
    ]);
  });

  test('reports when a disconnection was noticed', () => {
    const health = deriveHealth(
      aPlane({
        agent: agent({
          connected: false,
          connectedAgents: 0,
          lastHeartbeatTime: '2026-03-10T02:57:11Z',
          lastDisconnectedTime: '2026-03-10T02:59:02Z',
        }),
      }),
      someFacts(),
      NOW_MS,
    );
    expect(health.reasons[0]?.message).toBe(
      'Agent disconnected 9 h ago, between 2026-03-10 02:57 and 02:59 UTC.',
    );
  });

  test("doesn't date a disconnection by a controller that noticed it long after", () => {
    const health = deriveHealth(
      aPlane({
        agent: agent({
          connected: false,
          connectedAgents: 0,
          lastHeartbeatTime: '2026-03-10T11:14:11Z',
          lastDisconnectedTime: '2026-03-10T11:59:02Z',
        }),
      }),
      someFacts(),
      NOW_MS,
    );
    expect(health.reasons[0]?.message).toBe(
      'Agent disconnected between 2026-03-10 11:14 and 11:59 UTC. The controller noticed 58 s ago.',
    );
  });

  test("doesn't report a disconnection in the future as one of just now", () => {
    const ahead = agent({ connected: false, connectedAgents: 0, lastDisconnectedTime: ago(-60 * MINUTE) });
    const { reasons } = deriveHealth(aPlane({ agent: ahead }), someFacts(), NOW_MS);
    expect(reasons[0]?.message).toBe(
      "Agent disconnected. The time that the controller recorded is in the future on the API server's clock.",
    );
  });

  test('reports the age of a stale heartbeat', () => {
    const health = deriveHealth(
      aPlane({ agent: agent({ lastHeartbeatTime: ago(8 * DAY) }) }),
      someFacts(),
      NOW_MS,
    );
    expect(health.reasons[0]?.message).toMatch(/^Last heartbeat 8 days ago\./);
  });

  test.each(rows)('follows rule $rule: nextChangeAtMs misses no change within a day', ({ plane, facts }) => {
    const given = someFacts(facts);
    let judged = deriveHealth(plane, given, NOW_MS);
    for (let nowMs = NOW_MS; nowMs < NOW_MS + DAY; nowMs += 17 * SECOND) {
      if (judged.nextChangeAtMs !== null && nowMs >= judged.nextChangeAtMs)
        judged = deriveHealth(plane, given, nowMs);
      expect(deriveHealth(plane, given, nowMs).state).toBe(judged.state);
    }
  });
});

test('no component is blamed for a status that no controller of this release writes', () => {
  const plane = { ...withoutAgent, createdAt: ago(3 * DAY) };
  const messageOf = (facts: object) =>
    deriveHealth(plane, someFacts(facts), NOW_MS).reasons.find(({ code }) => code === 'status-missing')
      ?.message;
  expect(messageOf({})).toContain('Likely causes');
  const reasons = (changes: Partial<Plane>) =>
    deriveHealth(aPlane({ ...changes, reportsAgent: false }), someFacts({ unreconciled: true }), NOW_MS)
      .reasons;
  expect(reasons({}).map(({ code }) => code)).toEqual(['kind-unreconciled']);
  const ready = { conditions: [{ type: 'Ready', status: 'True' }] } as const;
  expect(reasons({ ...ready, conditions: [...ready.conditions] }).map(({ code }) => code)).toEqual([
    'kind-unreconciled',
  ]);
  expect(messageOf({ unreconciled: true })).toBe('No status reported in the 3 days since creation.');
});
