import { replaceEqualDeep } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { diagnose } from '@/lib/plane/diagnosis/diagnose';
import { inputOf, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';

test.each([
  ['a healthy plane', {}],
  ['a plane with related resources', { related: relatedResourcesWith() }],
  [
    'a plane with a disconnected agent',
    { plane: aPlane({ agent: { connected: false, connectedAgents: 0, lastHeartbeatTime: ago(600_000) } }) },
  ],
])('keeps the findings object while the facts are equal: %s', (_, situation) => {
  const first = diagnose(inputOf(situation));
  expect(replaceEqualDeep(first, diagnose(inputOf(situation)))).toBe(first);
});
