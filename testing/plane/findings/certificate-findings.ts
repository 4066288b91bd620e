import type { BundledCertificate } from '@/lib/plane/health/health-facts';
import { DAY_MS, HOUR_MS } from '@/lib/plane/time/duration';
import { aCaSecret, aCertificate, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { clusterPlane, type FindingRow, gone, never, old, parsed, withoutAgent } from './sample-planes';

const UNREADABLE = {
  count: 1,
  sentences: ["Certificate 2 of 2 can't be read: its serial number is negative."],
};

/** The situations for certificate findings. */
export const CERTIFICATE_ROWS: readonly FindingRow[] = [
  {
    code: 'certificate-absent',
    when: 'clientCA is empty, as the schema allows',
    situation: { plane: withoutAgent, facts: { certificate: { state: 'absent' } } },
    severity: 'error',
    known: "The plane has no agent CA, so the gateway can't verify an agent.",
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
    known: "The agent CA can't be read: it contains no PEM certificate.",
    says: ['The value in spec.clusterAgent.clientCA.value'],
  },
  {
    code: 'certificate-partly-unparsable',
    when: 'a certificate beside a good one has a negative serial number',
    situation: { plane: aPlane({ agent: gone }), facts: { certificate: parsed({ unreadable: UNREADABLE }) } },
    severity: 'error',
    known:
      "Certificate 2 of 2 can't be read: its serial number is negative. The gateway skips it and rejects an agent that depends on it.",
    says: ['The certificates that it can use still work.'],
    action: 'replace-certificate',
  },
  {
    code: 'certificate-partly-unparsable',
    when: 'only the caller can read the CA, and part of it is no PEM',
    situation: {
      related: relatedResourcesWith({
        ca: {
          source: aCaSecret(),
          certificates: [aCertificate()],
          findings: [],
          unreadable: [{ position: 1, label: 'CERTIFICATE', line: 1, problem: 'its END line is missing' }],
        },
      }),
    },
    severity: 'warning',
    known:
      "Certificate 1 of 2 can't be read: its END line is missing. The gateway skips it and rejects an agent that depends on it.",
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
      'The agent CA expired 6 h ago, on 2026-03-10 06:00:00 UTC. The gateway rejects an agent that reconnects.',
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
      'The agent CA expired 6 h ago, on 2026-03-10 06:00:00 UTC. The gateway rejects an agent that reconnects.',
    says: [
      "A cluster-wide plane reports any agent on its planeID, even a rejected one, so its status wouldn't show this.",
    ],
  },
  {
    code: 'certificate-not-yet-valid',
    when: 'the CA becomes valid tomorrow',
    situation: {
      plane: aPlane({ ...old, agent: never }),
      facts: { certificate: parsed({ notBefore: ago(-DAY_MS) }) },
    },
    severity: 'error',
    known: "The agent CA isn't valid before 2026-03-11 12:00:00 UTC.",
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
    known:
      "The agent CA can't be used. Its extended key usage doesn't include client authentication, so it can't verify an agent.",
    says: ['Key ca.crt of Secret acme/prod-agent-ca'],
    action: 'replace-certificate',
  },
  {
    code: 'certificate-unusable',
    when: "Planeboard's own account has read a bundle of server certificates",
    situation: {
      plane: aPlane({ ...old, agent: never }),
      facts: {
        certificate: parsed({
          count: 2,
          obstacle:
            "Its extended key usage doesn't include client authentication, so it can't verify an agent.",
        }),
      },
    },
    severity: 'error',
    known:
      "None of the 2 certificates in the CA bundle can be used. The first one: Its extended key usage doesn't include client authentication, so it can't verify an agent.",
    action: 'replace-certificate',
  },
  {
    code: 'certificate-expiring',
    when: "the agent's own certificate expires in 12 days",
    situation: { facts: { certificate: parsed({ notAfter: ago(-12 * DAY_MS), selfSignedLeaf: true }) } },
    severity: 'warning',
    known:
      "The agent CA expires in 12 days, on 2026-03-22 12:00:00 UTC. It's the agent's own self-signed certificate, which its renewal replaces.",
    says: [
      'A connected agent still appears healthy.',
      'renew this certificate 15 days before it expires, at about 2026-03-07 12:00:00 UTC',
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
      "CN=cluster-agent is self-signed and can't issue certificates, so this plane accepts only one agent's certificate.",
    says: ['renew this certificate 15 days before it expires, at about 2026-04-24 12:00:00 UTC'],
    action: 'replace-certificate',
  },
  {
    code: 'certificate-pinned',
    when: "the agent's own certificate is registered, and the charts of the release aren't known",
    situation: {
      plane: aPlane({ chartsUnknown: true }),
      facts: { certificate: parsed({ selfSignedLeaf: true, subject: 'CN=agent' }) },
    },
    severity: 'note',
    known:
      "CN=agent is self-signed and can't issue certificates, so this plane accepts only one agent's certificate.",
    says: ["When it's renewed, the agent presents the new certificate after its next restart"],
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
      'The last of 2 certificates in the CA bundle expired 24 h ago, on 2026-03-09 12:00:00 UTC. The gateway rejects an agent that reconnects.',
    says: ["read with your permissions 12 s ago, compared with the API server's clock"],
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
    known: "The agent CA can't be read: no certificate found.",
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
      'One of 2 certificates in the CA bundle expired 6 h ago, on 2026-03-10 06:00:00 UTC. The gateway rejects an agent that still depends on it when it reconnects.',
    says: ["The API doesn't report which one verified the agent."],
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
      'One of 2 certificates in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
    says: [
      'During a replacement, the CA bundle contains the old and the new certificate.',
      'still appears healthy',
    ],
    command:
      "kubectl --context '<plane-context>' rollout restart deployment/cluster-agent-dataplane -n openchoreo-data-plane",
    action: 'replace-certificate',
  },
  {
    code: 'certificate-partly-expiring',
    when: "the certificate beside it isn't valid yet",
    situation: {
      facts: {
        certificate: parsed({ notBefore: ago(-2 * DAY_MS), count: 2, earlier: [leaf(-3 * DAY_MS)] }),
      },
    },
    severity: 'warning',
    known:
      'One of 2 certificates in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
    action: 'replace-certificate',
  },
  {
    code: 'certificate-expiring',
    when: "the next certificate becomes valid only after it's expired",
    situation: {
      facts: {
        certificate: parsed({ notBefore: ago(-10 * DAY_MS), count: 2, earlier: [leaf(-3 * DAY_MS)] }),
      },
    },
    severity: 'warning',
    known:
      "The last valid certificate in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC, and the next one isn't valid before 2026-03-20 12:00:00 UTC. In between, the gateway rejects an agent that reconnects.",
    says: ['An agent that is connected then stays connected only until it has to reconnect.'],
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
      'One of 2 certificates in the CA bundle expires in 3 days, on 2026-03-13 12:00:00 UTC. After that, the gateway rejects an agent that still depends on it when it reconnects.',
    says: ['A cluster-wide plane reports any agent on its planeID', 'read with your permissions'],
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
      "CN=agent, the last of 2 certificates to expire, is self-signed and can't issue certificates. It's one agent's certificate.",
  },
];

/** The agent's own self-signed certificate, which expired `endedAgoMs` ago. */
function leaf(endedAgoMs: number): BundledCertificate {
  return { notBefore: ago(60 * DAY_MS), notAfter: ago(endedAgoMs), selfSignedLeaf: true };
}
