import type { Plane } from '@/lib/plane/model/plane';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { type RuleCase, testRules } from '@/testing/plane/health-rules';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import type { CredentialChange, HealthFacts } from './health-facts';

const direct: Partial<Plane> = { connection: 'direct', reportsAgent: false, planeID: null };

/** A controller whose Lease proved it alive this long ago, in milliseconds. */
function proof(agoMs: number): Partial<HealthFacts> {
  return { controller: { lease: 'read', provenAt: new Date(NOW_MS - agoMs).toISOString() } };
}

/** A change of credentials before which these conditions were written. */
function credentialChange(...conditions: string[]): CredentialChange {
  return { seenAt: ago(MINUTE_MS), secrets: ['acme/prod'], conditions };
}

const cases: RuleCase[] = [
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
    facts: proof(20 * SECOND_MS),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: direct access, Connected True, and the controller proven alive 60 s ago',
    plane: aPlane({ ...direct, conditions: [{ type: 'Connected', status: 'True' }] }),
    facts: proof(MINUTE_MS),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: direct access, Ready True of an earlier spec, and the controller proven alive',
    plane: aPlane({
      ...direct,
      generation: 2,
      observedGeneration: 2,
      specChangedAt: ago(SECOND_MS),
      conditions: [{ type: 'Ready', status: 'True', observedGeneration: 1 }],
    }),
    facts: proof(20 * SECOND_MS),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: the same, before the controller has observed the change',
    plane: aPlane({
      ...direct,
      generation: 2,
      observedGeneration: 1,
      specChangedAt: ago(SECOND_MS),
      conditions: [{ type: 'Ready', status: 'True' }],
    }),
    facts: proof(20 * SECOND_MS),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: the same, as soon as the controller has observed the change',
    plane: aPlane({
      ...direct,
      generation: 2,
      observedGeneration: 2,
      specChangedAt: ago(SECOND_MS),
      conditions: [{ type: 'Ready', status: 'True' }],
    }),
    facts: proof(20 * SECOND_MS),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: the same, with another condition that was set for the spec as it is',
    plane: aPlane({
      ...direct,
      generation: 2,
      observedGeneration: 2,
      specChangedAt: ago(DAY_MS),
      conditions: [
        { type: 'Ready', status: 'True', observedGeneration: 1 },
        { type: 'Connected', status: 'True', observedGeneration: 2 },
      ],
    }),
    facts: proof(20 * SECOND_MS),
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: direct access, Ready True from before a change of the credentials',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'True' }] }),
    facts: { ...proof(20 * SECOND_MS), credentialChange: credentialChange('Ready') },
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: the same, with another condition that was written since',
    plane: aPlane({
      ...direct,
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Connected', status: 'True' },
      ],
    }),
    facts: { ...proof(20 * SECOND_MS), credentialChange: credentialChange('Ready') },
    state: 'healthy',
    code: 'condition-reported',
  },
  {
    rule: '3: direct access, Connected True, and a proof older than 60 s',
    plane: aPlane({ ...direct, conditions: [{ type: 'Connected', status: 'True' }] }),
    facts: proof(MINUTE_MS + 1),
    state: 'unmonitored',
    code: 'not-measured',
  },
  {
    rule: '3: direct access, Ready True, and a proof 31 s ahead',
    plane: aPlane({ ...direct, conditions: [{ type: 'Ready', status: 'True' }] }),
    facts: proof(-31 * SECOND_MS),
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
    facts: proof(20 * SECOND_MS),
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
];

testRules(cases);
