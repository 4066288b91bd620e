import type { CredentialFact } from '@/lib/plane/health/health-facts';
import { DAY_MS } from '@/lib/plane/time/duration';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { direct, type FindingRow } from './sample-planes';

const plane = aPlane({ connection: 'direct', reportsAgent: false, planeID: null, conditions: [] });
const disconnected = {
  ...plane,
  conditions: [{ type: 'Connected', status: 'False' as const, reason: 'Refused' }],
};

function of(...credentials: CredentialFact[]) {
  return { plane, features: direct, facts: { credentials } };
}

const parsed = {
  state: 'parsed',
  notBefore: ago(300 * DAY_MS),
  notAfter: ago(3 * DAY_MS),
  subject: 'CN=openchoreo',
  selfSignedLeaf: false,
  count: 1,
} as const;
const ca = { kind: 'certificate', slot: 'kubernetesCluster.tls.ca', purpose: 'server-ca' } as const;
const client = {
  kind: 'certificate',
  slot: 'kubernetesCluster.auth.mtls.clientCert',
  purpose: 'client-certificate',
} as const;
const key = {
  kind: 'secret',
  slot: 'kubernetesCluster.auth.mtls.clientKey',
  purpose: 'client-key',
} as const;
const token = {
  kind: 'secret',
  slot: 'kubernetesCluster.auth.bearerToken',
  purpose: 'bearer-token',
} as const;

/** The situations for findings about the credentials of direct access. */
export const CREDENTIAL_ROWS: readonly FindingRow[] = [
  {
    code: 'certificate-expired',
    when: 'the client certificate of direct access expired',
    situation: of({ ...client, fact: parsed }),
    severity: 'warning',
    known:
      "The client certificate expired 3 days ago, on 2026-03-07 12:00:00 UTC. The cluster's API server rejects the control plane.",
  },
  {
    code: 'certificate-expired',
    when: 'it may explain a plane whose Connected is False',
    situation: { ...of({ ...client, fact: parsed }), plane: disconnected },
    severity: 'error',
    known:
      "The client certificate expired 3 days ago, on 2026-03-07 12:00:00 UTC. The cluster's API server rejects the control plane.",
  },
  {
    code: 'certificate-expired',
    when: 'the API server CA of direct access expired',
    situation: of({ ...ca, fact: parsed }),
    severity: 'warning',
    known:
      "The API server CA expired 3 days ago, on 2026-03-07 12:00:00 UTC. The control plane rejects the cluster's API server.",
  },
  {
    code: 'certificate-expiring',
    when: 'the client certificate of direct access expires within 14 days',
    situation: of({ ...client, fact: { ...parsed, notAfter: ago(-10 * DAY_MS) } }),
    severity: 'warning',
    known: 'The client certificate expires in 10 days, on 2026-03-20 12:00:00 UTC.',
  },
  {
    code: 'certificate-expired',
    when: 'the bearer token says that it expired',
    situation: of({ ...token, fact: { state: 'present', notAfter: ago(3 * DAY_MS) } }),
    severity: 'warning',
    known:
      "The bearer token expired 3 days ago, on 2026-03-07 12:00:00 UTC. The cluster's API server rejects the control plane.",
  },
  {
    code: 'certificate-not-yet-valid',
    when: "the bearer token says that it isn't valid yet",
    situation: of({
      ...token,
      fact: { state: 'present', notBefore: ago(-3 * DAY_MS), notAfter: ago(-10 * DAY_MS) },
    }),
    severity: 'warning',
    known:
      "The bearer token isn't valid before 2026-03-13 12:00:00 UTC. Until then, the cluster's API server rejects the control plane.",
  },
  {
    code: 'certificate-unusable',
    when: "the bearer token's times exclude each other",
    situation: of({
      ...token,
      fact: {
        state: 'present',
        notBefore: ago(-3 * DAY_MS),
        notAfter: ago(3 * DAY_MS),
        obstacle: "It's never valid, because its end (exp) isn't after its beginning (nbf).",
      },
    }),
    severity: 'warning',
    known:
      "The bearer token can't be used. It's never valid, because its end (exp) isn't after its beginning (nbf).",
  },
  {
    code: 'certificate-expiring',
    when: 'the bearer token expires within 14 days',
    situation: of({ ...token, fact: { state: 'present', notAfter: ago(-10 * DAY_MS) } }),
    severity: 'warning',
    known: 'The bearer token expires in 10 days, on 2026-03-20 12:00:00 UTC.',
  },
  {
    code: 'certificate-unparsable',
    when: 'the API server CA holds no certificate',
    situation: of({ ...ca, fact: { state: 'unparsable', problem: 'it contains no PEM certificate.' } }),
    severity: 'warning',
    known: "The API server CA can't be read: it contains no PEM certificate.",
  },
  {
    code: 'certificate-absent',
    when: 'the plane has no API server CA',
    situation: of({ ...ca, fact: { state: 'absent' } }),
    severity: 'warning',
    known:
      'The plane has no API server CA, so the control plane trusts only an API server with a publicly trusted certificate.',
  },
  {
    code: 'certificate-unusable',
    when: 'the client certificate is for servers only',
    situation: of({
      ...client,
      fact: {
        ...parsed,
        notAfter: ago(-200 * DAY_MS),
        obstacle:
          "Its extended key usage doesn't include client authentication, so an API server rejects it.",
      },
    }),
    severity: 'warning',
    known:
      "The client certificate can't be used. Its extended key usage doesn't include client authentication, so an API server rejects it.",
    action: 'replace-certificate',
  },
  {
    code: 'secret-missing',
    when: "the bearer token's Secret doesn't exist",
    situation: of({ ...token, fact: { state: 'secret-missing', secret: 'acme/prod-credentials' } }),
    severity: 'warning',
    known: "Secret acme/prod-credentials, which should hold the bearer token, doesn't exist.",
    command: 'kubectl --context cp get secret prod-credentials -n acme',
  },
  {
    code: 'secret-key-missing',
    when: "the private key's Secret lacks the key",
    situation: of({ ...key, fact: { state: 'key-missing', secret: 'acme/prod', key: 'tls.key' } }),
    severity: 'warning',
    known: 'Secret acme/prod has no key "tls.key", which should hold the private key.',
  },
  {
    code: 'credential-absent',
    when: 'the plane has no bearer token',
    situation: of({ ...token, fact: { state: 'absent' } }),
    severity: 'warning',
    known: "The plane has no bearer token, so the control plane can't sign in to its cluster.",
  },
  {
    code: 'private-key-unparsable',
    when: 'the private key is encrypted',
    situation: of({
      ...key,
      fact: { state: 'unparsable', problem: "it's encrypted, which the control plane can't read." },
    }),
    severity: 'warning',
    known: "The private key can't be read: it's encrypted, which the control plane can't read.",
  },
  {
    code: 'private-key-mismatch',
    when: 'the private key belongs to another certificate',
    situation: of({ ...key, fact: { state: 'mismatched' } }),
    severity: 'warning',
    known:
      "The private key doesn't belong to the client certificate, so the control plane can't sign in to the plane's cluster.",
  },
];
