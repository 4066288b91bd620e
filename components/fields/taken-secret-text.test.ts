import { expect, test } from 'vitest';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import { differenceText, secretUsageText } from './taken-secret-text';

const certificate = (subject: string): CertificateDetail => ({
  subject,
  issuer: subject,
  serialNumber: '1',
  fingerprint: `of ${subject}`,
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  isCa: false,
  selfSigned: true,
  keyUsage: null,
  extendedKeyUsage: null,
  keyType: 'EC P-256',
});
const holding = (...subjects: string[]) => ({ certificates: subjects.map(certificate) });

test.each([
  [null, "Its use is unknown because Planeboard couldn't read it."],
  [{ usedBy: [] }, "No plane you can see uses it, and Planeboard didn't create it."],
  [
    { usedBy: [], createdFor: 'dataplanes/acme/prod' },
    'Planeboard created it for the data plane prod in acme. No plane you can see uses it now.',
  ],
  [
    { usedBy: [], createdFor: 'no key at all' },
    'Planeboard created it for no key at all. No plane you can see uses it now.',
  ],
  [
    {
      createdFor: 'clusterworkflowplanes/default',
      usedBy: [
        { kind: 'ClusterWorkflowPlane', name: 'default' },
        { kind: 'DataPlane', namespace: 'acme', name: 'prod' },
      ],
    },
    "It's used by the cluster workflow plane default and the data plane prod in acme.",
  ],
  [
    { usedBy: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ kind: 'ClusterDataPlane', name })) },
    "It's used by the cluster data plane a, the cluster data plane b, the cluster data plane c and 2 more.",
  ],
])('describes the usage %j', (usage, sentence) => {
  expect(secretUsageText(usage)).toBe(sentence);
});

test.each([
  ['no entered certificate', [], ['CN=a'], null],
  [
    'the entered certificate among others',
    ['CN=a'],
    ['CN=b', 'CN=a'],
    'Its key ca.crt contains the certificate you entered.',
  ],
  ['another certificate', ['CN=a'], ['CN=b'], 'Its key ca.crt contains a different certificate: CN=b.'],
  [
    'several other certificates',
    ['CN=a'],
    ['CN=b', 'CN=c'],
    'Its key ca.crt contains different certificates: CN=b and CN=c.',
  ],
  [
    'one of two entered certificates',
    ['CN=a', 'CN=b'],
    ['CN=b'],
    'Its key ca.crt contains only some of the certificates you entered.',
  ],
  ['no readable certificate', ['CN=a'], [], 'Its key ca.crt contains no readable certificate.'],
] as const)('compares a Secret with the entered certificates: %s', (_what, entered, stored, sentence) => {
  expect(differenceText(holding(...entered), holding(...stored), 'ca.crt')).toBe(sentence);
});
