import { expect, test } from 'vitest';
import { DAY_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { parsed, type RuleCase, testRules } from '@/testing/plane/health-rules';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { parsedCa } from './ca-bundle';
import { deriveHealth } from './derive-health';
import type { CertificateFact } from './health-facts';

interface Bundled {
  /** Days since the end of a self-signed leaf or of a CA; negative until then. */
  readonly leaf?: number;
  readonly authority?: number;
  readonly beginsInDays?: number;
}

function bundle(...certificates: Bundled[]): CertificateFact {
  const read = certificates.map(({ leaf, authority, beginsInDays = -100 }) => ({
    notBefore: ago(-beginsInDays * DAY_MS),
    notAfter: ago((leaf ?? authority ?? 0) * DAY_MS),
    selfSignedLeaf: leaf !== undefined,
    subject: 'CN=agent',
    obstacle: null,
  }));
  return parsedCa(read) ?? { state: 'not-checked' };
}

const cases: RuleCase[] = [
  {
    rule: '8: certificate expired',
    plane: aPlane(),
    facts: { certificate: { ...parsed, notAfter: ago(SECOND_MS) } },
    state: 'degraded',
    code: 'certificate-expired',
  },
  {
    rule: '8: certificate not valid yet',
    plane: aPlane(),
    facts: { certificate: { ...parsed, notBefore: ago(-DAY_MS), notAfter: ago(-90 * DAY_MS) } },
    state: 'degraded',
    code: 'certificate-not-yet-valid',
  },
  {
    rule: '8: CA expires within 14 days',
    plane: aPlane(),
    facts: { certificate: { ...parsed, notAfter: ago(-13 * DAY_MS) } },
    state: 'degraded',
    code: 'certificate-expiring',
  },
  {
    rule: '8: CA expires in more than 14 days',
    plane: aPlane(),
    facts: { certificate: { ...parsed, notAfter: ago(-15 * DAY_MS) } },
    state: 'healthy',
  },
  {
    rule: '8: pinned leaf expires within 30 days',
    plane: aPlane(),
    facts: { certificate: { ...parsed, selfSignedLeaf: true, notAfter: ago(-29 * DAY_MS) } },
    state: 'degraded',
    code: 'certificate-expiring',
  },
  {
    rule: '8: bundle, old leaf ends within 30 days',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: -3 }, { leaf: -78 }) },
    state: 'degraded',
    code: 'certificate-partly-expiring',
  },
  {
    rule: '8: bundle, old leaf expired',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: 3 }, { leaf: -78 }) },
    state: 'degraded',
    code: 'certificate-partly-expired',
  },
  {
    rule: '8: bundle, old CA ends after 14 days',
    plane: aPlane(),
    facts: { certificate: bundle({ authority: -15 }, { authority: -300 }) },
    state: 'healthy',
  },
  {
    rule: '8: bundle, all expire soon',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: -3 }, { leaf: -20 }) },
    state: 'degraded',
    code: 'certificate-partly-expiring',
  },
  {
    rule: '8: bundle, all expired',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: 3 }, { leaf: 1 }) },
    state: 'degraded',
    code: 'certificate-expired',
  },
  {
    rule: '8: bundle, one expired and one future',
    plane: aPlane(),
    facts: { certificate: bundle({ leaf: 3 }, { leaf: -90, beginsInDays: 1 }) },
    state: 'degraded',
    code: 'certificate-not-yet-valid',
  },
  {
    rule: '8: bundle, one good and one future',
    plane: aPlane(),
    facts: { certificate: bundle({ authority: -40 }, { authority: -300, beginsInDays: 1 }) },
    state: 'healthy',
  },
  {
    rule: '8: unreadable CA',
    plane: aPlane(),
    facts: { certificate: { state: 'unparsable', problem: 'no certificate found.' } },
    state: 'degraded',
    code: 'certificate-unparsable',
  },
  {
    rule: '8: no CA',
    plane: aPlane(),
    facts: { certificate: { state: 'absent' } },
    state: 'degraded',
    code: 'certificate-absent',
  },
  {
    rule: '8: Secret missing',
    plane: aPlane(),
    facts: { certificate: { state: 'secret-missing', secret: 'acme/ca' } },
    state: 'degraded',
    code: 'secret-missing',
  },
  {
    rule: '8: key missing',
    plane: aPlane(),
    facts: { certificate: { state: 'key-missing', secret: 'acme/ca', key: 'ca.crt' } },
    state: 'degraded',
    code: 'secret-key-missing',
  },
];

testRules(cases);

test.each<[string, CertificateFact, string[]]>([
  [
    'the old one expires soon',
    bundle({ leaf: -78 }, { leaf: -3 }),
    [
      'One of 2 certificates in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
    ],
  ],
  [
    'the old one has expired',
    bundle({ leaf: 3 }, { leaf: -78 }),
    [
      'One of 2 certificates in the CA bundle expired 3 days ago, on 2026-03-07 12:00:00 UTC. The gateway rejects an agent that still depends on it when it reconnects.',
    ],
  ],
  [
    'two have expired and the last one expires soon',
    bundle({ authority: 3 }, { authority: 5 }, { authority: -1 }),
    [
      '2 of 3 certificates in the CA bundle expired, the last 3 days ago, on 2026-03-07 12:00:00 UTC. The gateway rejects an agent that still depends on one of them when it reconnects.',
      'The last of 3 certificates in the CA bundle expires in 1 day, on 2026-03-11 12:00:00 UTC.',
    ],
  ],
  [
    'two expire soon',
    bundle({ authority: -3 }, { authority: -5 }, { authority: -100 }),
    [
      '2 of 3 certificates in the CA bundle expire, the first in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on one of them when it reconnects.',
    ],
  ],
  [
    'none is valid now',
    bundle({ leaf: 3 }, { leaf: -90, beginsInDays: 1 }),
    [
      'No certificate in the CA bundle is valid now. The next one becomes valid in 1 day, on 2026-03-11 12:00:00 UTC.',
    ],
  ],
  [
    'none will be valid after the current one expires soon',
    bundle({ leaf: -90, beginsInDays: 10 }, { leaf: -3 }),
    [
      "The last valid certificate in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC, and the next one isn't valid before 2026-03-20 12:00:00 UTC. In between, the gateway rejects an agent that reconnects.",
    ],
  ],
  [
    'two expire soon, before the next one becomes valid',
    bundle({ authority: -2 }, { authority: -4 }, { authority: -90, beginsInDays: 4.01 }),
    [
      'One of 3 certificates in the CA bundle expires in 2 days, on 2026-03-12 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
      "The last valid certificate in the CA bundle expires in 4 days, on 2026-03-14 12:00:00 UTC, and the next one isn't valid before 2026-03-14 12:14:24 UTC. In between, the gateway rejects an agent that reconnects.",
    ],
  ],
  [
    'the next one becomes valid before the current one expires',
    bundle({ authority: -3 }, { authority: -90, beginsInDays: 2 }),
    [
      'One of 2 certificates in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
    ],
  ],
  [
    'two expire at the same time, and one of them begins later',
    bundle({ authority: -40 }, { authority: -40, beginsInDays: 2 }),
    [],
  ],
  ['a gap is far away', bundle({ authority: -40 }, { authority: -90, beginsInDays: 60 }), []],
  ['the bundle contains the same certificate twice', bundle({ authority: -40 }, { authority: -40 }), []],
])("never reports a part's problem as the whole bundle's: %s", (_, certificate, messages) => {
  const health = deriveHealth(aPlane(), someFacts({ certificate }), NOW_MS);
  expect(health.reasons.map(({ message }) => message)).toEqual(messages);
});
