import { expect, test } from 'vitest';
import { chosenCertificateProblem, registeredCertificateProblem } from './chosen-certificate';

const CA = { isCa: true };
const LEAF = { isCa: false };

test.each([
  ['own-ca', [], null],
  ['own-ca', [CA], null],
  ['company-ca', [CA, CA], null],
  ['self-signed', [LEAF], null],
  ['own-ca', [LEAF], /^You chose a CA above, but the certificate below is the agent's own\./],
  ['company-ca', [CA, LEAF], /^You chose a CA above/],
  ['self-signed', [CA], /^You chose the chart's self-signed certificate above, but .* is a CA\./],
] as const)('compares the choice %s with what was entered: %j', (chosen, entered, problem) => {
  const found = chosenCertificateProblem(chosen, entered);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toMatch(problem);
});

const REGISTERED = {
  state: 'parsed',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2026-04-01T00:00:00Z',
  subject: 'CN=x',
  count: 1,
} as const;

test.each([
  ['own-ca', true, /^This plane has an agent's own certificate registered/],
  ['company-ca', true, /^This plane has an agent's own certificate registered/],
  ['self-signed', true, null],
  ['self-signed', false, /^This plane has no self-signed agent certificate registered/],
  ['own-ca', false, null],
] as const)(
  'compares the choice %s with a registered certificate (self-signed leaf: %s)',
  (chosen, selfSignedLeaf, problem) => {
    const found = registeredCertificateProblem(chosen, { ...REGISTERED, selfSignedLeaf });
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  },
);

test('says nothing about a registered certificate that is not known, or while a move is underway', () => {
  for (const chosen of ['own-ca', 'self-signed'] as const) {
    expect(registeredCertificateProblem(chosen, { state: 'not-checked' })).toBeNull();
    const both = {
      ...REGISTERED,
      selfSignedLeaf: false,
      count: 2,
      earlier: [{ ...REGISTERED, selfSignedLeaf: true }],
    };
    expect(registeredCertificateProblem(chosen, both)).toBeNull();
  }
});
