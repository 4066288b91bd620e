import { randomBytes } from 'node:crypto';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { type Manifest, secretManifest } from './manifests';
import type { Sample } from './sample';

const DAYS = 365;

/** `spec.kubernetesCluster` of a plane that is called directly, and the Secrets that it needs. Its certificates are real. */
export async function directAccess(
  sample: Sample,
): Promise<{ kubernetesCluster: Record<string, unknown>; secrets: Manifest[] }> {
  const { name, namespace = '', access } = sample;
  const authority = await CertificateAuthority.create(`${name.slice(0, 40)}-cluster-ca`, { days: DAYS });
  const client = await authority.client('openchoreo', ['openchoreo:control-plane'], { days: DAYS });
  const server = `https://${name.slice(0, 40)}.k8s.aurora.example:6443`;
  if (access === 'inline-credentials') {
    const credentials = {
      apiServerURL: server,
      caCert: base64(authority.certPem),
      clientCert: base64(client.certPem),
      clientKey: base64(client.keyPem),
    };
    return { kubernetesCluster: { name, credentials }, secrets: [] };
  }
  const tls = { ca: { value: authority.certPem } };
  if (access === 'certificate-inline') {
    const mtls = { clientCert: { value: client.certPem }, clientKey: { value: client.keyPem } };
    return { kubernetesCluster: { server, tls, auth: { mtls } }, secrets: [] };
  }
  const secretName = `${name.slice(0, 40)}-credentials`;
  const from = (key: string) => ({ secretRef: { name: secretName, key } });
  if (access === 'token-in-secret') {
    const secret = secretManifest(namespace, secretName, { token: randomBytes(32).toString('base64url') });
    return { kubernetesCluster: { server, tls, auth: { bearerToken: from('token') } }, secrets: [secret] };
  }
  const data = { 'tls.crt': client.certPem, 'tls.key': client.keyPem, 'ca.crt': authority.certPem };
  const auth = { mtls: { clientCert: from('tls.crt'), clientKey: from('tls.key') } };
  return {
    kubernetesCluster: { server, tls: { ca: from('ca.crt') }, auth },
    secrets: [secretManifest(namespace, secretName, data)],
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
