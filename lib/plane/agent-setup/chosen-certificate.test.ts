import { expect, test } from 'vitest';
import { chosenCertificateProblem } from './chosen-certificate';

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
