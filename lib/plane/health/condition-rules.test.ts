import { DAY_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { type RuleCase, testRules } from '@/testing/plane/health-rules';
import { ago, aPlane } from '@/testing/plane/plane-fixture';

const cases: RuleCase[] = [
  ...(['Created', 'Ready', 'Connected', 'GatewayProvisioned'] as const).map(
    (type): RuleCase => ({
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
    plane: aPlane({ generation: 2, specChangedAt: ago(121 * SECOND_MS) }),
    state: 'degraded',
    code: 'change-unobserved',
  },
  {
    rule: '8: generation unobserved for under 120 s',
    plane: aPlane({ generation: 2, specChangedAt: ago(119 * SECOND_MS) }),
    state: 'healthy',
  },
  {
    rule: '8: generation unobserved for 120 s, and changed again since',
    plane: aPlane({ generation: 4, specChangedAt: ago(SECOND_MS), unobservedSince: ago(121 * SECOND_MS) }),
    state: 'degraded',
    code: 'change-unobserved',
  },
  {
    rule: '8: generation of a cluster kind',
    plane: aPlane({
      kind: 'ClusterDataPlane',
      plural: 'clusterdataplanes',
      generation: 9,
      specChangedAt: ago(DAY_MS),
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
    code: 'reference-not-visible',
  },
];

testRules(cases);
