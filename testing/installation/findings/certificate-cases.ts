import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { DAY_MS } from '@/lib/plane/time/duration';
import { corpusText } from '@/testing/certificates/corpus';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';
import type { FindingCase } from './finding-case';

/** Validity of the charts' default certificate. */
const LEAF_DAYS = 90;

/** Cases caused by the CA: its location, its validity and its usage. */
export function certificateCases(): FindingCase[] {
  const inSecret = (name: string, key = 'ca.crt') => ({
    clusterAgent: { clientCA: { secretKeyRef: { name, key } } },
  });
  const inline = (value: string) => ({ clusterAgent: { clientCA: { value } } });
  return [
    {
      code: 'secret-missing',
      plane: planeWithoutAgent('no-secret', { ca: 'missing-secret', ageMs: 2 * DAY_MS }),
      severity: 'error',
      title: "The agent CA's Secret doesn't exist",
      known: /Secret shop\/no-secret-agent-ca, which should hold the agent CA, doesn't exist/,
      todo: /create secret generic no-secret-agent-ca -n shop --from-file=ca\.crt=agent-ca\.crt/,
    },
    {
      code: 'secret-key-missing',
      // This plane exists only for its Secret.
      others: [connectedPlane('has-secret', { ca: 'authority-in-secret' })],
      plane: planeWithSpec('no-key', inSecret('has-secret-agent-ca', 'tls.crt')),
      severity: 'error',
      title: "The agent CA's Secret lacks the key",
      known: /Secret shop\/has-secret-agent-ca has no key "tls\.crt", which should hold the agent CA/,
      todo: /Store that file under the key "tls\.crt"\. Other keys don't change/,
    },
    {
      code: 'certificate-absent',
      plane: planeWithSpec('no-ca', { clusterAgent: { clientCA: {} } }),
      severity: 'error',
      title: 'No agent CA',
      known: /The plane has no agent CA, so the gateway can't verify an agent/,
      todo: /Register the CA in the agent's Secret/,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-unparsable',
      plane: planeWithSpec(
        'nonsense-ca',
        inline('-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n'),
      ),
      severity: 'error',
      title: "Agent CA can't be read",
      known: /The agent CA can't be read/,
      todo: /Register the CA in the agent's Secret/,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-partly-unparsable',
      plane: planeWithSpec('half-readable-ca', {}),
      createParts: async () => {
        const { certPem } = await selfSignedAgent('agent', { days: LEAF_DAYS });
        return { spec: inline(`${certPem}\n${corpusText('a negative serial number')}`) };
      },
      severity: 'error',
      title: "Part of the CA bundle can't be used",
      known: /Certificate 2 of 2 can't be read: its serial number is negative/,
      todo: /Replace this certificate with a corrected one/,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-expired',
      plane: connectedPlane('expired-ca', { ca: 'leaf-inline', certificateAgeDays: LEAF_DAYS + 10 }),
      severity: 'error',
      title: 'Agent CA expired',
      known: /The agent CA expired 10 days ago.*rejects an agent that reconnects/,
      todo: /Replace the certificate: add the new certificate/,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-partly-expired',
      plane: planeWithSpec('forgotten-ca', {}),
      createParts: bundle(-10, 80),
      severity: 'error',
      title: 'Part of the CA bundle expired',
      known: /One of 2 certificates in the CA bundle expired 10 days ago/,
      todo: /Remove the old certificate once the agent reconnects/,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-not-yet-valid',
      plane: planeWithoutAgent('early-ca', { ca: 'leaf-inline', certificateAgeDays: -5 }),
      severity: 'error',
      title: "Agent CA isn't valid yet",
      known: /The agent CA isn't valid before/,
      todo: /add a certificate that is valid from now until at least/i,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-unusable',
      plane: planeWithSpec('server-ca', {}),
      createParts: async () => {
        const authority = await CertificateAuthority.create('servers', { days: 400 });
        const { certPem } = await authority.serving(['api.example.com'], { days: 300 });
        return { spec: inline(certPem) };
      },
      severity: 'error',
      title: "Agent CA can't verify agents",
      known: /extended key usage doesn't include client authentication/,
      todo: /Replace the certificate/,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-expiring',
      plane: connectedPlane('expiring-ca', { ca: 'leaf-inline', certificateAgeDays: LEAF_DAYS - 12 }),
      severity: 'warning',
      title: 'Agent CA expires soon',
      known: /The agent CA expires in 1[12] days/,
      todo: /Replace the certificate/,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-partly-expiring',
      plane: planeWithSpec('half-replaced-ca', {}),
      createParts: bundle(3, 80),
      severity: 'warning',
      title: 'Part of the CA bundle expires soon',
      known: /One of 2 certificates in the CA bundle expires in [23] days/,
      todo: /Remove the old certificate once the agent reconnects/,
      action: 'replace-certificate',
    },
    {
      code: 'certificate-pinned',
      plane: connectedPlane('pinned-ca', { ca: 'leaf-inline', certificateAgeDays: 30 }),
      severity: 'note',
      title: "The registered CA is the agent's own certificate",
      known: /CN=pinned-ca-agent is self-signed and can't issue certificates/,
      todo: /Replace the certificate/,
      action: 'replace-certificate',
    },
    {
      code: 'status-missing',
      plane: { ...planeWithSpec('never-told', inSecret('has-secret-agent-ca')), frozen: true },
      severity: 'error',
      title: 'No status reported',
      known: /No status reported in the 2 days since creation/,
      todo: /Refresh the status\. A working controller responds within seconds/,
      action: 'refresh',
    },
  ];

  /** Creates a CA of self-signed leaves, one for each number of days left. */
  function bundle(...daysLeft: number[]): NonNullable<FindingCase['createParts']> {
    return async () => {
      const leaves = await Promise.all(
        daysLeft.map((days) => selfSignedAgent('agent', { fromDays: days - LEAF_DAYS, days: LEAF_DAYS })),
      );
      return { spec: inline(leaves.map(({ certPem }) => certPem).join('\n')) };
    };
  }

  /** A plane with the given spec, without a connection history. */
  function planeWithSpec(name: string, spec: Record<string, unknown>): FindingCase['plane'] {
    return { kind: 'DataPlane', namespace: 'shop', name, planeID: name, spec, ageMs: 2 * DAY_MS };
  }
}
