import { expect, test } from 'vitest';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { judged } from '@/testing/plane/diagnosis-fixture';
import { frozen, gone, parsed, withoutAgent } from '@/testing/plane/findings/sample-planes';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { worstReasonText } from './worst-reason';

test('returns the reason that names the state', () => {
  const { health } = judged(aPlane({ agent: frozen }), { certificate: { state: 'absent' } });
  expect(worstReasonText(health)).toBe(health.reasons[0]?.message);
  expect(worstReasonText(health)).toMatch(/^Last heartbeat 8 days ago\./);
});

test('names the known cause when the reason can only guess', () => {
  const { health } = judged(withoutAgent, {
    certificate: { state: 'secret-missing', secret: 'acme/prod-agent-ca' },
  });
  expect(worstReasonText(health)).toBe(
    "No status reported, most likely because of the agent CA. Secret acme/prod-agent-ca, which should hold the agent CA, doesn't exist.",
  );
});

test('starts with the known cause of a rejection', () => {
  const certificate = parsed({ notAfter: ago(6 * HOUR_MS) });
  const { health } = judged(aPlane({ agent: gone }), { certificate });
  expect(worstReasonText(health)).toMatch(
    /^The agent CA expired 6 h ago, .* rejects an agent that reconnects\. Agent disconnected 5 h ago/,
  );
});

test('guesses when no cause is known', () => {
  expect(worstReasonText(judged(withoutAgent).health)).toMatch(
    /^No status reported in the 3 days .* Likely causes:/,
  );
});

test('returns an empty text for a plane without reasons', () => {
  expect(worstReasonText(judged(aPlane()).health)).toBe('');
});
