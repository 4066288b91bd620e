import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';
import type { FindingCase } from './finding-case';

const gateway = { publicVirtualHost: 'apps.example.com', organizationVirtualHost: 'internal.example.com' };

/** The spec of a plane whose access data is incomplete or doesn't fit together. */
function specWith(auth: object, ca: object = { value: 'no PEM' }): Record<string, unknown> {
  return { gateway, kubernetesCluster: { server: 'https://192.0.2.1:6443', tls: { ca }, auth } };
}

/** A client certificate with the private key of another one. */
async function mixedUpSpec(): Promise<Record<string, unknown>> {
  const authority = await CertificateAuthority.create('cluster-ca', { days: 300 });
  const [own, other] = await Promise.all(
    ['openchoreo', 'someone'].map((name) => authority.client(name, [], { days: 300 })),
  );
  return specWith(
    { mtls: { clientCert: { value: own?.certPem }, clientKey: { value: other?.keyPem } } },
    { value: authority.certPem },
  );
}

/** A data plane of release 0.7 that the control plane calls directly. */
function calledPlane(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  return {
    kind: 'DataPlane',
    namespace: 'shop',
    name,
    access: 'token-in-secret',
    spec: { gateway },
    ...further,
  };
}

/** The same without generated access data. */
function calledPlaneWithoutAccess(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  const { access: _access, ...plane } = calledPlane(name, further);
  return plane;
}

/** Planes that the control plane calls directly, as releases before 0.9 can. */
export const DIRECT_CASES: readonly FindingCase[] = [
  {
    code: 'not-measured',
    plane: calledPlane('called'),
    severity: 'note',
    title: 'Not measured',
    known: /The control plane calls this cluster directly, so no agent reports on it/,
    todo: null,
  },
  {
    code: 'condition-reported',
    plane: calledPlane('reported', {
      history: {
        conditions: [
          { type: 'Ready', status: 'True', reason: 'Ready', message: 'The plane is ready', agoMs: DAY_MS },
        ],
      },
    }),
    severity: 'note',
    title: 'Reported, not measured',
    known: /Ready is True, and the controller still ran/,
    todo: null,
  },
  {
    code: 'credential-absent',
    plane: calledPlaneWithoutAccess('without-token', { spec: specWith({ bearerToken: {} }) }),
    severity: 'warning',
    title: 'No bearer token',
    known: /The plane has no bearer token, so the control plane can't sign in to its cluster/,
    todo: /Set the bearer token in the spec/,
    action: 'edit-spec',
  },
  {
    code: 'private-key-unparsable',
    plane: calledPlaneWithoutAccess('bad-key', {
      spec: specWith({ mtls: { clientCert: { value: 'no PEM' }, clientKey: { value: 'no key' } } }),
    }),
    severity: 'warning',
    title: "Private key can't be read",
    known: /The private key can't be read: it contains no PEM private key/,
    todo: /Replace the private key here/,
    action: 'replace-certificate',
  },
  {
    code: 'private-key-mismatch',
    plane: calledPlaneWithoutAccess('mixed-up'),
    createParts: async () => ({ spec: await mixedUpSpec() }),
    severity: 'warning',
    title: "Private key doesn't match the client certificate",
    known: /The private key doesn't belong to the client certificate/,
    todo: /Replace the private key here/,
    action: 'replace-certificate',
  },
];
