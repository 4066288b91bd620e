import { expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { agent, lost, parsed, type RuleCase, testRules, withoutAgent } from '@/testing/plane/health-rules';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { deriveHealth } from './derive-health';

const direct: Partial<Plane> = { connection: 'direct', reportsAgent: false, planeID: null };

const unknownSchema: Partial<Plane> = { reportsAgent: false, schemaUnknown: true };

const cases: RuleCase[] = [
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
    facts: { contactAtMs: NOW_MS - MINUTE_MS },
    state: 'healthy',
  },
  {
    rule: '1: contact more than 60 s ago',
    plane: aPlane(),
    facts: { contactAtMs: NOW_MS - MINUTE_MS - 1 },
    state: 'unknown',
    code: 'no-contact',
  },
  {
    rule: '1: contact ahead within the skew',
    plane: aPlane(),
    facts: { contactAtMs: NOW_MS + 30 * SECOND_MS },
    state: 'healthy',
  },
  {
    rule: '1: contact ahead beyond the skew',
    plane: aPlane(),
    facts: { contactAtMs: NOW_MS + 30 * SECOND_MS + 1 },
    state: 'unknown',
    code: 'no-contact',
  },
  {
    rule: '1 before 5: no contact and disconnected',
    plane: aPlane({ agent: lost }),
    facts: { contactAtMs: NOW_MS - 2 * MINUTE_MS },
    state: 'unknown',
    code: 'no-contact',
  },
  {
    rule: '2: being deleted',
    plane: aPlane({ deletingSince: ago(10 * SECOND_MS) }),
    state: 'deleting',
    code: 'deleting',
  },
  {
    rule: '2: being deleted for more than 5 min',
    plane: aPlane({ deletingSince: ago(5 * MINUTE_MS + SECOND_MS) }),
    state: 'degraded',
    code: 'deletion-slow',
  },
  {
    rule: '2: deletion blocked',
    plane: aPlane({
      deletingSince: ago(10 * SECOND_MS),
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
    plane: aPlane({ deletingSince: ago(10 * SECOND_MS), agent: lost }),
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
    plane: { ...withoutAgent, ...unknownSchema, createdAt: ago(MINUTE_MS) },
    state: 'pending',
    code: 'schema-unknown',
  },
  {
    rule: '9: unreadable schema, reported agent',
    plane: aPlane({ schemaUnknown: true }),
    state: 'healthy',
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
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(121 * SECOND_MS) }) }),
    facts: { unreconciled: true },
    state: 'degraded',
    code: 'kind-unreconciled',
  },
  {
    rule: '8: a left-over kind, before the report that it seems to wait for',
    plane: { ...withoutAgent, createdAt: ago(SECOND_MS) },
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
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(181 * SECOND_MS) }) }),
    facts: { unreconciled: true },
    state: 'stale',
    code: 'heartbeat-stale',
  },
  { rule: '9: healthy', plane: aPlane(), state: 'healthy' },
  {
    rule: '9: heartbeat exactly 120 s old is fresh',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(120 * SECOND_MS) }) }),
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

testRules(cases);

test.each([NOW_MS, NOW_MS - 2 * MINUTE_MS, null])(
  'names a missing permission at once, with the last contact at %s',
  (contactAtMs) => {
    const { state, reasons } = deriveHealth(
      aPlane(),
      someFacts({ contactAtMs, forbidden: true, serverSilent: true }),
      NOW_MS,
    );
    expect([state, reasons.map(({ message }) => message)]).toEqual([
      'unknown',
      [
        'The permission to list and watch dataplanes is missing. This plane may have changed since it was last read.',
      ],
    ]);
  },
);

test("doesn't blame the API server for Planeboard's own silence", () => {
  const contactAtMs = NOW_MS - 2 * MINUTE_MS;
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
    someFacts({ certificate: { ...parsed, notAfter: ago(DAY_MS) } }),
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
  const plane = aPlane({ generation: 2, specChangedAt: ago(DAY_MS), deletingSince: ago(10 * SECOND_MS) });
  expect(deriveHealth(plane, someFacts(), NOW_MS).reasons.map((reason) => reason.code)).toEqual(['deleting']);
});

test('no component is blamed for a status that no controller of this release writes', () => {
  const plane = { ...withoutAgent, createdAt: ago(3 * DAY_MS) };
  const messageOf = (facts: object) =>
    deriveHealth(plane, someFacts(facts), NOW_MS).reasons.find(({ code }) => code === 'status-missing')
      ?.message;
  expect(messageOf({})).toContain('Likely causes');
  const codes = (changes: Partial<Plane>) =>
    deriveHealth(
      aPlane({ ...changes, reportsAgent: false }),
      someFacts({ unreconciled: true }),
      NOW_MS,
    ).reasons.map(({ code }) => code);
  expect(codes({})).toEqual(['kind-unreconciled']);
  expect(codes({ conditions: [{ type: 'Ready', status: 'True' }] })).toEqual(['kind-unreconciled']);
  expect(messageOf({ unreconciled: true })).toBe('No status reported in the 3 days since creation.');
});
