import { describe, expect, test } from 'vitest';
import { DAY_MS } from '@/lib/plane/time/duration';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import type { CertificateDetail } from './certificate-detail';
import type { CertificatePurpose } from './credential-slot';
import { judgeCertificates } from './judge-certificates';

const inDays = (days: number) => new Date(NOW_MS + days * DAY_MS).toISOString();

/** A valid CA, with the changes a test needs. */
function ca(changes: Partial<CertificateDetail> = {}): CertificateDetail {
  return {
    subject: 'CN=agents',
    issuer: 'CN=agents',
    serialNumber: '01',
    fingerprint: 'AA:BB',
    notBefore: inDays(-100),
    notAfter: inDays(365),
    isCa: true,
    selfSigned: true,
    keyUsage: ['keyCertSign', 'cRLSign'],
    extendedKeyUsage: null,
    keyType: 'EC P-256',
    ...changes,
  };
}

/** A certificate as the charts create it: the agent's own, self-signed. */
const leaf = (changes: Partial<CertificateDetail> = {}) =>
  ca({ isCa: false, keyUsage: ['digitalSignature'], extendedKeyUsage: ['clientAuth'], ...changes });

function findings(
  purpose: CertificatePurpose,
  certificates: CertificateDetail[],
  keyMatches: boolean | null = null,
): string[] {
  return judgeCertificates(purpose, certificates, NOW_MS, keyMatches).map(
    ({ severity, about, message }) => `${severity}${about === 'privateKey' ? ' of the key' : ''}: ${message}`,
  );
}

const SELF_SIGNED =
  "warning: It's the agent's own self-signed certificate. The charts since release 0.9 renew it 15 days before it expires. After a renewal, the agent is rejected as soon as it restarts. When it's renewed, add the new certificate, restart the agent, and remove the old certificate.";
const ONLY_THIS =
  "warning: It isn't a CA. An agent is accepted only with exactly this certificate, and rejected after a renewal. If a CA issued it, register that CA instead.";

describe('judges the CA that verifies an agent', () => {
  test.each<[string, CertificateDetail[], string[]]>([
    ['a CA', [ca()], []],
    ['a CA for client authentication', [ca({ extendedKeyUsage: ['clientAuth'] })], []],
    ['a CA for any usage', [ca({ extendedKeyUsage: ['2.5.29.37.0'] })], []],
    ["a CA without key usage, which isn't restricted", [ca({ keyUsage: null })], []],
    ['no certificate', [], ['error: No certificate found.']],
    ['an expired CA', [ca({ notAfter: inDays(-2) })], ['error: It expired on 2026-03-08.']],
    [
      "a CA that isn't valid yet",
      [ca({ notBefore: inDays(1) })],
      ["error: It isn't valid before 2026-03-11 12:00 UTC."],
    ],
    [
      'a CA that ends before it begins',
      [ca({ notBefore: inDays(400) })],
      ["error: It's never valid, because it ends before it begins."],
    ],
    [
      'a CA for servers only',
      [ca({ extendedKeyUsage: ['serverAuth'] })],
      ["error: Its extended key usage doesn't include client authentication, so it can't verify an agent."],
    ],
    [
      'a CA expiring soon',
      [ca({ notAfter: inDays(12) })],
      ['warning: It expires in 12 days, on 2026-03-22.'],
    ],
    [
      'a CA expiring tomorrow',
      [ca({ notAfter: inDays(1.5) })],
      ['warning: It expires in 1 day, on 2026-03-12.'],
    ],
    [
      'a CA expiring today',
      [ca({ notAfter: inDays(0.2) })],
      ['warning: It expires in less than a day, on 2026-03-10.'],
    ],
    ['a CA expiring in 31 days', [ca({ notAfter: inDays(31) })], []],
    ['the agent’s own certificate', [leaf()], [SELF_SIGNED]],
    ['a certificate issued by a CA', [leaf({ selfSigned: false })], [ONLY_THIS]],
    [
      'a bundle with one expired and one working certificate',
      [ca({ notAfter: inDays(-2) }), ca()],
      ['warning: Certificate 1 of 2: It expired on 2026-03-08.'],
    ],
    [
      'a bundle of expired certificates',
      [ca({ notAfter: inDays(-2) }), ca({ notAfter: inDays(-3) })],
      [
        'error: Certificate 1 of 2: It expired on 2026-03-08.',
        'error: Certificate 2 of 2: It expired on 2026-03-07.',
      ],
    ],
    [
      'a bundle with one expired certificate and one for servers',
      [ca({ notAfter: inDays(-2) }), ca({ extendedKeyUsage: ['serverAuth'] })],
      [
        'error: Certificate 1 of 2: It expired on 2026-03-08.',
        "error: Certificate 2 of 2 can't be used. Its extended key usage doesn't include client authentication, so it can't verify an agent.",
      ],
    ],
  ])('%s', (_, certificates, expected) => {
    expect(findings('agent-ca', certificates)).toEqual(expected);
  });
});

describe('judges the CA of an API server', () => {
  test.each<[string, CertificateDetail[], string[]]>([
    ['a CA', [ca()], []],
    [
      'a CA for clients only',
      [ca({ extendedKeyUsage: ['clientAuth'] })],
      [
        "error: Its extended key usage doesn't include server authentication, so it can't verify an API server.",
      ],
    ],
    [
      'a server’s own certificate',
      [leaf({ extendedKeyUsage: ['serverAuth'] })],
      [
        "warning: It's a server certificate, not a CA. When the API server gets a new certificate, the control plane loses access to this cluster.",
      ],
    ],
    ['an expired CA', [ca({ notAfter: inDays(-1) })], ['error: It expired on 2026-03-09.']],
  ])('%s', (_, certificates, expected) => {
    expect(findings('server-ca', certificates)).toEqual(expected);
  });
});

describe('judges a client certificate', () => {
  const client = (changes: Partial<CertificateDetail> = {}) => leaf({ selfSigned: false, ...changes });
  test.each<[string, CertificateDetail[], boolean | null, string[]]>([
    ['with its key', [client()], true, []],
    ['without a key to compare', [client()], null, []],
    [
      'with the wrong key',
      [client()],
      false,
      ["error of the key: The private key doesn't match this certificate."],
    ],
    ['with its chain, part of which expired', [client(), ca({ notAfter: inDays(-1) })], true, []],
    ['that expired', [client({ notAfter: inDays(-1) })], true, ['error: It expired on 2026-03-09.']],
    [
      'that expires soon',
      [client({ notAfter: inDays(5) })],
      true,
      ['warning: It expires in 5 days, on 2026-03-15.'],
    ],
    [
      'for servers only',
      [client({ extendedKeyUsage: ['serverAuth'] })],
      true,
      ["error: Its extended key usage doesn't include client authentication, so an API server rejects it."],
    ],
    [
      'that is a CA',
      [ca()],
      true,
      ["warning: It's a CA, which is rarely used to sign in. Enter the client's own certificate."],
    ],
  ])('%s', (_, certificates, keyMatches, expected) => {
    expect(findings('client-certificate', certificates, keyMatches)).toEqual(expected);
  });
});
