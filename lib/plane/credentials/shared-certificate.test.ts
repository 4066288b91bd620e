import { expect, test } from 'vitest';
import { isSharedOnPurpose, sharedCertificateText } from './shared-certificate';

const CA = { isCa: true };
const LEAF = { isCa: false };

test.each([
  [
    'a CA',
    [CA],
    true,
    "Another plane has this CA too. Planes that share a CA accept each other's agents, which is",
  ],
  ["an agent's certificate", [LEAF], false, "Another plane has this agent's own certificate too"],
  ['both, during a move', [LEAF, CA], false, 'Another plane has one of these certificates too.'],
] as const)('calls %s that another plane has too what it is', (_, certificates, isOnPurpose, text) => {
  expect(isSharedOnPurpose(certificates)).toBe(isOnPurpose);
  expect(sharedCertificateText(1, certificates)).toContain(text);
  expect(sharedCertificateText(1, certificates).includes('organization')).toBe(isOnPurpose);
});

test('counts the other planes', () => {
  expect(sharedCertificateText(3, [CA])).toContain('3 other planes have this CA too.');
});
