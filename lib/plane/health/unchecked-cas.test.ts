import { expect, test } from 'vitest';
import { allControlPlaneFindings } from './control-plane-problems';
import { uncheckedCaFindings } from './unchecked-cas';

test('counts the planes whose CA is not checked', () => {
  expect(uncheckedCaFindings({ planes: 12 })).toMatchObject([
    {
      code: 'ca-secrets-not-checked',
      severity: 'warning',
      title: "The CAs of 12 planes aren't checked",
      remedy: { command: 'npm run --silent ca-role', page: { href: '/ca-access' } },
    },
  ]);
});

test('says nothing while all are checked, or nothing is known', () => {
  expect([null, { planes: 0 }].flatMap(uncheckedCaFindings)).toEqual([]);
});

test('comes with the other findings', () => {
  const facts = { gateway: null, clock: null, uncheckedCas: { planes: 1 } };
  expect(allControlPlaneFindings(facts, 0).map(({ code }) => code)).toEqual(['ca-secrets-not-checked']);
});
