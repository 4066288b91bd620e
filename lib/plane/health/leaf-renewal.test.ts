import { expect, test } from 'vitest';
import type { CertificateFact } from './health-facts';
import { leafRenewal } from './leaf-renewal';

const END = '2026-04-01T00:00:00Z';
const LEAF = { notBefore: '2026-01-01T00:00:00Z', notAfter: END, selfSignedLeaf: true };
const CA = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z', selfSignedLeaf: false };
const RENEWAL_MS = Date.parse('2026-03-17T00:00:00Z');

const alone: CertificateFact = { state: 'parsed', ...LEAF, subject: 'CN=agent', count: 1 };
const besideCa: CertificateFact = { state: 'parsed', ...CA, subject: 'CN=ca', count: 2, earlier: [LEAF] };
const renewed: CertificateFact = {
  state: 'parsed',
  ...LEAF,
  notAfter: '2026-06-15T00:00:00Z',
  subject: 'CN=agent',
  count: 2,
  earlier: [LEAF],
};

test.each([
  ['long before', alone, '2026-01-02T00:00:00Z', { atMs: RENEWAL_MS, state: 'upcoming' }],
  ['a moment before', alone, '2026-03-16T23:59:59Z', { atMs: RENEWAL_MS, state: 'upcoming' }],
  ['at the time', alone, '2026-03-17T00:00:00Z', { atMs: RENEWAL_MS, state: 'due' }],
  ['after it', alone, '2026-03-31T23:59:59Z', { atMs: RENEWAL_MS, state: 'due' }],
  ['after the end', alone, END, null],
  ['beside a CA', besideCa, '2026-02-01T00:00:00Z', { atMs: RENEWAL_MS, state: 'upcoming' }],
  [
    'with the renewed one registered',
    renewed,
    '2026-03-20T00:00:00Z',
    { atMs: Date.parse('2026-05-31T00:00:00Z'), state: 'upcoming' },
  ],
  [
    'without a self-signed certificate',
    { state: 'parsed', ...CA, subject: '', count: 1 } as const,
    END,
    null,
  ],
  ['without a readable date', { ...alone, notAfter: 'soon' } as CertificateFact, END, null],
  ['without a certificate', { state: 'absent' } as const, END, null],
] as const)('the renewal of a registered self-signed certificate, %s', (_, certificate, now, renewal) => {
  expect(leafRenewal({ facts: { certificate } }, Date.parse(now))).toEqual(renewal);
});

test("is unknown while the plane's charts are", () => {
  const plane = { chartsUnknown: true, facts: { certificate: alone } } as const;
  expect(leafRenewal(plane, Date.parse('2026-01-02T00:00:00Z'))).toBeNull();
});
