import { describe, expect, test } from 'vitest';
import { type CertificateUsage, usageObstacle } from './certificate-usage';

const PURPOSES = ['agent-ca', 'server-ca', 'client-certificate'] as const;
const usage = (changes: Partial<CertificateUsage>): CertificateUsage => ({
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  extendedKeyUsage: null,
  ...changes,
});

describe('the usage of a certificate', () => {
  test.each([
    ['it has no extended key usage', null],
    ['its extended key usage is empty', []],
    ['it allows any usage', ['2.5.29.37.0']],
    ['it allows any usage beside others', ['codeSigning', '2.5.29.37.0']],
    ['it allows both', ['serverAuth', 'clientAuth']],
  ])('serves every purpose if %s', (_, extendedKeyUsage) => {
    for (const purpose of PURPOSES) expect(usageObstacle(purpose, usage({ extendedKeyUsage }))).toBeNull();
  });

  test.each([
    ['agent-ca', ['serverAuth'], "so it can't verify an agent."],
    ['server-ca', ['clientAuth'], "so it can't verify an API server."],
    ['client-certificate', ['serverAuth'], 'so an API server rejects it.'],
    ['client-certificate', ['1.2.3.4'], 'so an API server rejects it.'],
  ] as const)('is an obstacle of a %s that allows only %s', (purpose, extendedKeyUsage, message) => {
    expect(usageObstacle(purpose, usage({ extendedKeyUsage: [...extendedKeyUsage] }))).toContain(message);
  });

  test('is an obstacle if it ends before it begins', () => {
    const neverValid = usage({ notAfter: '2025-12-31T23:59:59Z' });
    for (const purpose of PURPOSES)
      expect(usageObstacle(purpose, neverValid)).toBe("It's never valid, because it ends before it begins.");
    expect(usageObstacle('agent-ca', usage({ notAfter: '2026-01-01T00:00:00Z' }))).toBeNull();
  });

  test('is an obstacle if a critical extension is unknown to Go', () => {
    for (const purpose of PURPOSES)
      expect(usageObstacle(purpose, usage({ unknownCritical: ['1.2.3.4'] }))).toContain('(1.2.3.4)');
  });
});
