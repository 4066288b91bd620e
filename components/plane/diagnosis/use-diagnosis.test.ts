import { replaceEqualDeep } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { diagnose } from '@/lib/plane/diagnosis/diagnose';
import { inputOf, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';

test.each([
  ['nothing wrong', {}],
  ['its surroundings', { related: relatedResourcesWith() }],
  [
    'an agent that is lost',
    { plane: aPlane({ agent: { connected: false, connectedAgents: 0, lastHeartbeatTime: ago(600_000) } }) },
  ],
])('findings of the same facts stay the same object: %s', (_, situation) => {
  const first = diagnose(inputOf(situation));
  expect(replaceEqualDeep(first, diagnose(inputOf(situation)))).toBe(first);
});
