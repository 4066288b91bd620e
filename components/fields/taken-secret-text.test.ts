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
  [null, 'Whose it is cannot be told, as it could not be read.'],
  [{ usedBy: [] }, 'No plane that you may see uses it, and Planeboard did not make it.'],
  [
    { usedBy: [], createdFor: 'dataplanes/acme/prod' },
    'Planeboard made it for the data plane prod in acme; no plane that you may see uses it now.',
  ],
  [
    { usedBy: [], createdFor: 'no key at all' },
    'Planeboard made it for no key at all; no plane that you may see uses it now.',
  ],
  [
    {
      createdFor: 'clusterworkflowplanes/default',
      usedBy: [
        { kind: 'ClusterWorkflowPlane', name: 'default' },
        { kind: 'DataPlane', namespace: 'acme', name: 'prod' },
      ],
    },
    'It is used by the cluster workflow plane default and the data plane prod in acme.',
  ],
  [
    { usedBy: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ kind: 'ClusterDataPlane', name })) },
    'It is used by the cluster data plane a, the cluster data plane b, the cluster data plane c and 2 more.',
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
    'The certificate that you entered stands in it under ca.crt.',
  ],
  [
    'another certificate',
    ['CN=a'],
    ['CN=b'],
    'The certificate that you entered is not in it: under ca.crt stands another, CN=b.',
  ],
  [
    'several other certificates',
    ['CN=a'],
    ['CN=b', 'CN=c'],
    'The certificate that you entered is not in it: under ca.crt stand others, CN=b and CN=c.',
  ],
  [
    'one of two entered certificates',
    ['CN=a', 'CN=b'],
    ['CN=b'],
    'Not all of the certificates that you entered stand in it under ca.crt.',
  ],
  [
    'no readable certificate',
    ['CN=a'],
    [],
    'Under ca.crt it holds no certificate that can be read; yours is not in it.',
  ],
] as const)('compares a Secret with the entered certificates: %s', (_what, entered, stored, sentence) => {
  expect(differenceText(holding(...entered), holding(...stored), 'ca.crt')).toBe(sentence);
});
