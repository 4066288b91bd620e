import { describe, expect, test } from 'vitest';
import { DAY_MS } from '@/lib/plane/time/duration';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import type { CertificateDetail } from './certificate-detail';
import type { CertificatePurpose } from './credential-slot';
import { judgeCertificates } from './judge-certificates';

const inDays = (days: number) => new Date(NOW_MS + days * DAY_MS).toISOString();

/** A CA with nothing wrong; tests say only what differs. */
function ca(changes: Partial<CertificateDetail> = {}): CertificateDetail {
  return {
    subject: 'CN=agents',
    issuer: 'CN=agents',
    serialNumber: '01',
    fingerprint: 'AA:BB',
    notBefore: inDays(-1),
    notAfter: inDays(365),
    isCa: true,
    selfSigned: true,
    keyUsage: ['keyCertSign', 'cRLSign'],
    extendedKeyUsage: null,
    keyType: 'EC P-256',
    ...changes,
  };
}

/** What the charts make: the agent's own certificate, signed by itself. */
const leaf = (changes: Partial<CertificateDetail> = {}) =>
  ca({ isCa: false, keyUsage: ['digitalSignature'], extendedKeyUsage: ['clientAuth'], ...changes });

function told(
  purpose: CertificatePurpose,
  certificates: CertificateDetail[],
  keyMatches: boolean | null = null,
): string[] {
  return judgeCertificates(purpose, certificates, NOW_MS, keyMatches).map(
    ({ severity, about, message }) => `${severity}${about === 'privateKey' ? ' of the key' : ''}: ${message}`,
  );
}

const SELF_SIGNED =
  "warning: It is the agent's own certificate, signed by itself. The charts renew it 15 days before it expires; after that the agent is refused as soon as it restarts. Then register the old and the new certificate together, restart the agent, and drop the old one.";
const ONLY_THIS =
  'warning: It is not a CA: an agent is accepted only with this very certificate, and refused once it is renewed. Register the CA that issued it instead, where there is one.';

describe('the CA that verifies an agent', () => {
  test.each<[string, CertificateDetail[], string[]]>([
    ['a CA', [ca()], []],
    ['a CA for client authentication', [ca({ extendedKeyUsage: ['clientAuth'] })], []],
    ['a CA for anything', [ca({ extendedKeyUsage: ['2.5.29.37.0'] })], []],
    ['a CA without key usage, which restricts nothing', [ca({ keyUsage: null })], []],
    ['nothing', [], ['error: There is no certificate in this.']],
    ['expired', [ca({ notAfter: inDays(-2) })], ['error: It expired on 2026-03-08.']],
    [
      'not yet valid',
      [ca({ notBefore: inDays(1) })],
      ['error: It is not valid before 2026-03-11 12:00 UTC.'],
    ],
    [
      'for servers only',
      [ca({ extendedKeyUsage: ['serverAuth'] })],
      ['error: Its extended key usage does not include client authentication, so it cannot verify an agent.'],
    ],
    [
      'a CA that may not sign',
      [ca({ keyUsage: ['digitalSignature'] })],
      [
        'error: It is a CA whose key usage does not include signing certificates, so nothing that it issued is accepted.',
      ],
    ],
    ['expiring soon', [ca({ notAfter: inDays(12) })], ['warning: It expires in 12 days, on 2026-03-22.']],
    ['expiring tomorrow', [ca({ notAfter: inDays(1.5) })], ['warning: It expires in 1 day, on 2026-03-12.']],
    [
      'expiring today',
      [ca({ notAfter: inDays(0.2) })],
      ['warning: It expires in less than a day, on 2026-03-10.'],
    ],
    ['expiring in 31 days', [ca({ notAfter: inDays(31) })], []],
    ['the agent’s own certificate', [leaf()], [SELF_SIGNED]],
    ['a certificate that a CA issued', [leaf({ selfSigned: false })], [ONLY_THIS]],
    [
      'of a bundle, one expired: the other still works',
      [ca({ notAfter: inDays(-2) }), ca()],
      ['warning: Certificate 1 of 2: It expired on 2026-03-08.'],
    ],
    [
      'of a bundle, all expired',
      [ca({ notAfter: inDays(-2) }), ca({ notAfter: inDays(-3) })],
      [
        'error: Certificate 1 of 2: It expired on 2026-03-08.',
        'error: Certificate 2 of 2: It expired on 2026-03-07.',
      ],
    ],
    [
      'of a bundle, one expired and one for servers: none is left that works',
      [ca({ notAfter: inDays(-2) }), ca({ extendedKeyUsage: ['serverAuth'] })],
      [
        'error: Certificate 1 of 2: It expired on 2026-03-08.',
        'error: Certificate 2 of 2: Its extended key usage does not include client authentication, so it cannot verify an agent.',
      ],
    ],
  ])('%s', (_, certificates, expected) => {
    expect(told('agent-ca', certificates)).toEqual(expected);
  });
});

describe('the CA of an API server', () => {
  test.each<[string, CertificateDetail[], string[]]>([
    ['a CA', [ca()], []],
    [
      'for clients only',
      [ca({ extendedKeyUsage: ['clientAuth'] })],
      [
        'error: Its extended key usage does not include server authentication, so it cannot verify an API server.',
      ],
    ],
    [
      'a server’s own certificate',
      [leaf({ extendedKeyUsage: ['serverAuth'] })],
      [
        'warning: It is not a CA but the certificate of a server: when the API server gets a new one, this plane loses its cluster.',
      ],
    ],
    ['expired', [ca({ notAfter: inDays(-1) })], ['error: It expired on 2026-03-09.']],
  ])('%s', (_, certificates, expected) => {
    expect(told('server-ca', certificates)).toEqual(expected);
  });
});

describe('a client certificate', () => {
  const client = (changes: Partial<CertificateDetail> = {}) => leaf({ selfSigned: false, ...changes });
  test.each<[string, CertificateDetail[], boolean | null, string[]]>([
    ['with its key', [client()], true, []],
    ['without a key to compare', [client()], null, []],
    [
      'with another key',
      [client()],
      false,
      ['error of the key: The private key does not belong to this certificate.'],
    ],
    ['with its chain, of which a part expired', [client(), ca({ notAfter: inDays(-1) })], true, []],
    ['expired', [client({ notAfter: inDays(-1) })], true, ['error: It expired on 2026-03-09.']],
    [
      'expiring soon',
      [client({ notAfter: inDays(5) })],
      true,
      ['warning: It expires in 5 days, on 2026-03-15.'],
    ],
    [
      'for servers only',
      [client({ extendedKeyUsage: ['serverAuth'] })],
      true,
      ['error: Its extended key usage does not include client authentication, so an API server refuses it.'],
    ],
    [
      'a CA',
      [ca()],
      true,
      [
        "warning: It is a CA. What is meant here is the client's own certificate; a CA rarely signs in itself.",
      ],
    ],
  ])('%s', (_, certificates, keyMatches, expected) => {
    expect(told('client-certificate', certificates, keyMatches)).toEqual(expected);
  });
});
