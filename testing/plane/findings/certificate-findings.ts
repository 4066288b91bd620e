import type { BundledCertificate } from '@/lib/plane/health/health-facts';
import { DAY_MS, HOUR_MS } from '@/lib/plane/time/duration';
import { aCaSecret, aCertificate, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { clusterPlane, type FindingRow, gone, never, old, parsed, withoutAgent } from './sample-planes';

/** The situations for certificate findings. */
export const CERTIFICATE_ROWS: readonly FindingRow[] = [
  {
    code: 'certificate-absent',
    when: 'clientCA is empty, as the schema allows',
    situation: { plane: withoutAgent, facts: { certificate: { state: 'absent' } } },
    severity: 'error',
    known: 'It names no CA, so no agent can be verified.',
    says: ['spec.clusterAgent.clientCA has neither a value nor a Secret.'],
    action: 'replace-certificate',
  },
  {
    code: 'certificate-unparsable',
    when: "the CA isn't PEM",
    situation: {
      plane: withoutAgent,
      facts: { certificate: { state: 'unparsable', problem: 'it contains no PEM certificate.' } },
      related: relatedResourcesWith({
        ca: { source: { from: 'inline' }, certificates: [], findings: [] },
      }),
    },
    severity: 'error',
    known: 'Its CA cannot be read: it contains no PEM certificate.',
    says: ['The text in spec.clusterAgent.clientCA.value'],
  },
  {
    code: 'certificate-expired',
    when: "the agent is disconnected and can't reconnect",
    situation: {
      plane: aPlane({ agent: gone }),
      facts: { certificate: parsed({ notAfter: ago(6 * HOUR_MS) }) },
    },
    severity: 'error',
    known:
      'Its CA expired 6 h ago, on 2026-03-10 06:00:00 UTC: an agent that has to reconnect will be refused.',
    says: ["compared with the API server's clock"],
    command: [
      "kubectl --context '<plane-context>' get secret cluster-agent-tls -n openchoreo-data-plane \\",
      "  -o jsonpath='{.data.ca\\.crt}' | base64 -d | openssl x509 -noout -subject -enddate -fingerprint -sha256",
    ].join('\n'),
    action: 'replace-certificate',
  },
  {
    code: 'certificate-expired',
    when: "a cluster-wide plane is connected, and its status wouldn't show a rejection",
    situation: { plane: clusterPlane(), facts: { certificate: parsed({ notAfter: ago(6 * HOUR_MS) }) } },
    severity: 'warning',
    known:
      'Its CA expired 6 h ago, on 2026-03-10 06:00:00 UTC: an agent that has to reconnect will be refused.',
    says: ['A cluster-wide kind counts refused agents too, so its status would not show that.'],
  },
  {
    code: 'certificate-not-yet-valid',
    when: 'the CA becomes valid tomorrow',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      facts: { certificate: parsed({ notBefore: ago(-DAY_MS) }) },
    },
    severity: 'error',
    known: 'Its CA is not valid before 2026-03-11 12:00:00 UTC.',
  },
  {
    code: 'certificate-unusable',
    when: 'a server certificate is registered',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      related: relatedResourcesWith({
        ca: {
          source: aCaSecret(),
          certificates: [aCertificate({ isCa: false, extendedKeyUsage: ['serverAuth'] })],
          findings: [],
        },
      }),
    },
    severity: 'error',
    known: "Its extended key usage doesn't include client authentication, so it can't verify an agent.",
    says: ['Key ca.crt of Secret acme/prod-agent-ca'],
    action: 'replace-certificate',
  },
  {
    code: 'certificate-expiring',
    when: "the agent's own certificate expires in 12 days",
    situation: { facts: { certificate: parsed({ notAfter: ago(-12 * DAY_MS), selfSignedLeaf: true }) } },
    severity: 'warning',
    known:
      "Its CA expires in 12 days, on 2026-03-22 12:00:00 UTC. It is the agent's own self-signed certificate, and ends with its renewal.",
    says: [
      'while one that is connected still looks well',
      'renewed 15 days before its end, at about 2026-03-07 12:00:00 UTC',
    ],
    action: 'replace-certificate',
  },
  {
    code: 'certificate-pinned',
    when: "the agent's own certificate is registered and valid for 60 days",
    situation: {
      facts: {
        certificate: parsed({
          notAfter: ago(-60 * DAY_MS),
          selfSignedLeaf: true,
          subject: 'CN=cluster-agent',
        }),
      },
    },
    severity: 'note',
    known:
      "CN=cluster-agent is signed by itself and no CA: what this plane accepts is one agent's certificate.",
    says: ['renewed 15 days before its end, at about 2026-04-24 12:00:00 UTC'],
    action: 'replace-certificate',
  },
  {
    code: 'certificate-expired',
    when: 'only the caller can read the CA, and its whole bundle has expired',
    situation: {
      related: relatedResourcesWith({
        ca: {
          source: aCaSecret(),
          certificates: [
            aCertificate({ notAfter: ago(2 * DAY_MS) }),
            aCertificate({ notAfter: ago(DAY_MS) }),
          ],
          findings: [],
        },
      }),
    },
    severity: 'warning',
    known:
      'The last of the 2 certificates of its CA expired 24 h ago, on 2026-03-09 12:00:00 UTC: an agent that has to reconnect will be refused.',
    says: ["read with your rights 12 s ago, compared with the API server's clock"],
  },
  {
    code: 'certificate-unparsable',
    when: 'only the caller can read the CA',
    situation: {
      related: relatedResourcesWith({
        ca: {
          source: aCaSecret(),
          certificates: [],
          findings: [{ severity: 'error', about: 'certificate', message: 'No certificate found.' }],
        },
      }),
    },
    severity: 'warning',
    known: 'Its CA cannot be read: there is no certificate in this.',
  },
  {
    code: 'certificate-partly-expired',
    when: 'a replacement was never completed, and the agent is disconnected',
    situation: {
      plane: aPlane({ agent: gone }),
      facts: { certificate: parsed({ count: 2, earlier: [leaf(6 * HOUR_MS)] }) },
    },
    severity: 'error',
    known:
      'One of the 2 certificates of its CA expired 6 h ago, on 2026-03-10 06:00:00 UTC: an agent that still depends on it is refused when it has to reconnect.',
    says: ['The API does not tell by which of them the agent was verified.'],
    action: 'replace-certificate',
  },
  {
    code: 'certificate-partly-expiring',
    when: 'a renewed leaf is registered beside one that expires in 3 days',
    situation: {
      facts: { certificate: parsed({ selfSignedLeaf: true, count: 2, earlier: [leaf(-3 * DAY_MS)] }) },
    },
    severity: 'warning',
    known:
      'One of the 2 certificates of its CA expires in 3 days, on 2026-03-13 12:00:00 UTC: from then on an agent that still depends on it is refused when it has to reconnect.',
    says: ['Old and new stand together while a certificate is replaced.', 'still looks well'],
    command:
      "kubectl --context '<plane-context>' rollout restart deployment/cluster-agent-dataplane -n openchoreo-data-plane",
    action: 'replace-certificate',
  },
  {
    code: 'certificate-partly-expiring',
    when: 'only the caller can read the CA of a cluster-wide plane',
    situation: {
      plane: clusterPlane(),
      related: relatedResourcesWith({
        ca: {
          source: aCaSecret(),
          certificates: [aCertificate({ notAfter: ago(-3 * DAY_MS) }), aCertificate()],
          findings: [],
        },
      }),
    },
    severity: 'warning',
    known:
      'One of the 2 certificates of its CA expires in 3 days, on 2026-03-13 12:00:00 UTC: from then on an agent that still depends on it is refused when it has to reconnect.',
    says: ['A cluster-wide kind counts refused agents too', 'read with your rights'],
  },
  {
    code: 'certificate-pinned',
    when: "two of the agent's own certificates are registered, and both are valid for long",
    situation: {
      facts: {
        certificate: parsed({
          selfSignedLeaf: true,
          subject: 'CN=agent',
          count: 2,
          earlier: [leaf(-60 * DAY_MS)],
        }),
      },
    },
    severity: 'note',
    known:
      "CN=agent, which of its 2 certificates lasts longest, is signed by itself and no CA: it is one agent's certificate.",
  },
];

/** The agent's own self-signed certificate, which expired `endedAgoMs` ago. */
function leaf(endedAgoMs: number): BundledCertificate {
  return { notBefore: ago(60 * DAY_MS), notAfter: ago(endedAgoMs), selfSignedLeaf: true };
}
