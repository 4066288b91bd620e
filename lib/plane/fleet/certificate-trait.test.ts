import { describe, expect, test } from 'vitest';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import type { CertificateFact, CredentialFact } from '@/lib/plane/health/health-facts';
import { DAY_MS } from '@/lib/plane/time/duration';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { certificateSummary } from './certificate-summary';
import { type CertificateTrait, certificateEnd, certificateTraits } from './certificate-trait';

function parsed(daysLeft: number, selfSignedLeaf = false, beginsInDays = -100): CertificateFact {
  return {
    state: 'parsed',
    notBefore: ago(-beginsInDays * DAY_MS),
    notAfter: ago(-daysLeft * DAY_MS),
    subject: 'CN=agents',
    selfSignedLeaf,
    count: 1,
  };
}

/** Returns a bundle: its last certificate, preceded by leaves with this many days left. */
function bundle(last: number, ...earlier: number[]): CertificateFact {
  const times = (days: number) => ({ notBefore: ago(100 * DAY_MS), notAfter: ago(-days * DAY_MS) });
  return {
    state: 'parsed',
    ...times(last),
    subject: 'CN=agent',
    selfSignedLeaf: false,
    count: earlier.length + 1,
    earlier: earlier.map((days) => ({ ...times(days), selfSignedLeaf: true })),
  };
}

/** Returns a bundle of which no certificate is valid from `end` until `begin`, in days. */
function withGap(end: number, begin: number, last: number): CertificateFact {
  const earlier = { notBefore: ago(100 * DAY_MS), notAfter: ago(-end * DAY_MS), selfSignedLeaf: false };
  return { ...parsed(last, false, begin), count: 2, earlier: [earlier] } as CertificateFact;
}

const ca = (fact: CertificateFact): CredentialFact => ({
  kind: 'certificate',
  slot: 'kubernetesCluster.tls.ca',
  purpose: 'server-ca',
  fact,
});
const client = (fact: CertificateFact): CredentialFact => ({
  kind: 'certificate',
  slot: 'kubernetesCluster.auth.mtls.clientCert',
  purpose: 'client-certificate',
  fact,
});
const token = (days: number): CredentialFact => ({
  kind: 'secret',
  slot: 'kubernetesCluster.auth.bearerToken',
  purpose: 'bearer-token',
  fact: { state: 'present', notAfter: ago(-days * DAY_MS) },
});
const key = (state: 'present' | 'mismatched'): CredentialFact => ({
  kind: 'secret',
  slot: 'kubernetesCluster.auth.mtls.clientKey',
  purpose: 'client-key',
  fact: { state },
});

function judged(certificate: CertificateFact) {
  const facts = someFacts({ certificate });
  return { plane: { ...aPlane(), facts }, health: deriveHealth(aPlane(), facts, NOW_MS) };
}

describe("a plane's CA in the fleet", () => {
  test.each<[string, CertificateFact, CertificateTrait[], string, number | undefined]>([
    ["it wasn't checked", { state: 'not-checked' }, ['not-checked'], 'not checked', undefined],
    ['the plane names none', { state: 'absent' }, ['unusable'], 'no CA', 0],
    ['the Secret is missing', { state: 'secret-missing', secret: 'a/b' }, ['unusable'], 'Secret missing', 0],
    ['the key is missing', { state: 'key-missing', secret: 'a/b', key: 'c' }, ['unusable'], 'key missing', 0],
    ["it can't be read", { state: 'unparsable', problem: 'no PEM.' }, ['unusable'], "can't be read", 0],
    [
      "a certificate beside a good one can't be read",
      { ...parsed(200), unreadable: { count: 1, sentences: [] } } as CertificateFact,
      ['unusable'],
      "1 of 2 can't be used",
      NOW_MS + 200 * DAY_MS,
    ],
    ['it is good', parsed(200), ['valid'], '200 days left', NOW_MS + 200 * DAY_MS],
    [
      'a leaf is good',
      parsed(60, true),
      ['self-signed-leaf', 'valid'],
      '60 days left, renews in 45 days',
      NOW_MS + 60 * DAY_MS,
    ],
    ['it ends soon', parsed(10), ['expiring'], '10 days left', NOW_MS + 10 * DAY_MS],
    [
      'a leaf ends soon',
      parsed(20, true),
      ['expiring', 'self-signed-leaf'],
      '20 days left, renews in 5 days',
      NOW_MS + 20 * DAY_MS,
    ],
    ['it has ended', parsed(-3), ['expired'], 'expired 3 days ago', NOW_MS - 3 * DAY_MS],
    [
      'the old one of two leaves ends soon',
      bundle(78, 3),
      ['expiring', 'self-signed-leaf'],
      '1 of 2 expires in 3 days',
      NOW_MS + 3 * DAY_MS,
    ],
    [
      'the old one of two leaves has ended',
      bundle(78, -3),
      ['expired', 'self-signed-leaf'],
      '1 of 2 expired 3 days ago',
      NOW_MS - 3 * DAY_MS,
    ],
    [
      'two of three certificates have ended',
      bundle(78, -3, -1),
      ['expired', 'self-signed-leaf'],
      '2 of 3 expired',
      NOW_MS - 3 * DAY_MS,
    ],
    [
      'a bundle is good',
      bundle(78, 60),
      ['self-signed-leaf', 'valid'],
      '78 days left, renews in 45 days',
      NOW_MS + 78 * DAY_MS,
    ],
    [
      'all certificates of a bundle have ended',
      bundle(-1, -3),
      ['expired', 'self-signed-leaf'],
      'expired 24 h ago',
      NOW_MS - DAY_MS,
    ],
    [
      "its usage doesn't allow its purpose",
      { ...parsed(200), obstacle: 'It has a critical extension.' } as CertificateFact,
      ['unusable'],
      "can't be used",
      0,
    ],
    [
      'none of a bundle is valid between two',
      withGap(60, 70, 200),
      ['valid'],
      '60 days left',
      NOW_MS + 60 * DAY_MS,
    ],
    [
      'a time without a valid one begins soon',
      withGap(3, 10, 200),
      ['expiring'],
      '3 days left',
      NOW_MS + 3 * DAY_MS,
    ],
    [
      'a time without a valid one has begun',
      withGap(-3, 10, 200),
      ['unusable'],
      'valid in 10 days',
      NOW_MS - 3 * DAY_MS,
    ],
    ["it isn't valid yet", parsed(200, false, 5), ['unusable'], 'valid in 5 days', NOW_MS + 200 * DAY_MS],
  ])('is summarised when %s', (_what, fact, traits, text, end) => {
    const { plane, health } = judged(fact);
    expect(certificateTraits({ plane, health })).toEqual(traits);
    expect(certificateSummary(plane, health, NOW_MS).text).toBe(text);
    expect(certificateEnd({ plane, health })).toBe(end);
  });

  test("says nothing of a leaf's renewal if the charts of the plane's release aren't known", () => {
    const { plane, health } = judged(parsed(60, true));
    expect(certificateSummary({ ...plane, chartsUnknown: true }, health, NOW_MS).text).toBe('60 days left');
  });

  test.each<[string, CredentialFact[], CertificateTrait[], string, number | undefined]>([
    [
      'its certificates are good',
      [ca(parsed(300)), client(parsed(60))],
      ['valid'],
      'client certificate: 60 days left',
      NOW_MS + 60 * DAY_MS,
    ],
    [
      'its client certificate ends soon',
      [ca(parsed(300)), client(parsed(10))],
      ['expiring'],
      'client certificate: 10 days left',
      NOW_MS + 10 * DAY_MS,
    ],
    [
      'its CA has ended',
      [ca(parsed(-3)), client(parsed(60))],
      ['expired'],
      'API server CA: expired 3 days ago',
      NOW_MS - 3 * DAY_MS,
    ],
    [
      'a Secret is missing',
      [ca(parsed(300)), client({ state: 'secret-missing', secret: 'a/b' })],
      ['unusable'],
      'client certificate: Secret missing',
      0,
    ],
    [
      'its client certificate is for servers only',
      [
        ca(parsed(300)),
        client({ ...parsed(60), obstacle: 'It has a critical extension.' } as CertificateFact),
      ],
      ['unusable'],
      "client certificate: can't be used",
      0,
    ],
    [
      "its private key doesn't match",
      [ca(parsed(300)), client(parsed(60)), key('mismatched')],
      ['unusable'],
      "private key: doesn't match",
      0,
    ],
    [
      'one of two could not be read',
      [ca({ state: 'not-checked' }), client(parsed(60)), key('present')],
      ['not-checked'],
      'client certificate: 60 days left',
      NOW_MS + 60 * DAY_MS,
    ],
    [
      'its token expires soon',
      [ca(parsed(300)), token(10)],
      ['expiring'],
      'bearer token: 10 days left',
      NOW_MS + 10 * DAY_MS,
    ],
    [
      'its token has expired',
      [ca(parsed(300)), token(-3)],
      ['expired'],
      'bearer token: expired 3 days ago',
      NOW_MS - 3 * DAY_MS,
    ],
    ['none could be read', [ca({ state: 'not-checked' })], ['not-checked'], 'not checked', undefined],
  ])('with direct access is summarised when %s', (_what, credentials, traits, text, end) => {
    const facts = someFacts({ credentials });
    const called = aPlane({ connection: 'direct', reportsAgent: false });
    const plane = { ...called, facts };
    const health = deriveHealth(called, facts, NOW_MS);
    expect(certificateTraits({ plane, health })).toEqual(traits);
    expect(certificateSummary(plane, health, NOW_MS).text).toBe(text);
    expect(certificateEnd({ plane, health })).toBe(end);
  });

  test('warns before the end and shows an error after it', () => {
    const tone = (fact: CertificateFact) => {
      const { plane, health } = judged(fact);
      return certificateSummary(plane, health, NOW_MS).tone;
    };
    expect([parsed(200), parsed(10), parsed(-1), { state: 'not-checked' } as const].map(tone)).toEqual([
      'plain',
      'warning',
      'error',
      'quiet',
    ]);
  });
});
