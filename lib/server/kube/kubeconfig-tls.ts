import 'server-only';
import { readFileSync } from 'node:fs';
import type { Cluster, User } from '@kubernetes/client-node';
import { findPrivateKey, readClientCertificate } from '@/lib/plane/certificates/pair-blocks';
import { readBundle } from '@/lib/plane/certificates/read-bundle';
import { bytesOfBase64 } from '@/lib/plane/certificates/strict-base64';
import { KubeconfigError } from './kubeconfig-error';
import { isTlsMaterial, pairFault } from './tls-material';

/** PEM of a kubeconfig, with the start of a sentence about it. */
interface Material {
  readonly label: string;
  readonly pem: string;
}

/**
 * Checks the CA, the client certificate and the key that connections will use, as client-go does before its first
 * request. Otherwise each connection would fail, with a reason that names no field.
 *
 * @throws KubeconfigError with the name of the field that can't be used
 */
export function checkTls(cluster: Cluster, user: User): void {
  const ca = materialOf('certificate-authority', `cluster "${cluster.name}"`, cluster.caFile, cluster.caData);
  if (ca) checkCa(ca);
  const owner = `user "${user.name}"`;
  const certificate = materialOf('client-certificate', owner, user.certFile, user.certData);
  const key = materialOf('client-key', owner, user.keyFile, user.keyData);
  if (certificate && key) checkPair(certificate, key);
}

function checkCa({ label, pem }: Material): void {
  if (readBundle(pem).certificates.length === 0)
    throw new KubeconfigError(`${label} contains no readable PEM certificate. Add the API server's CA.`);
  if (!isTlsMaterial({ ca: pem }))
    throw new KubeconfigError(`${label} contains a certificate that TLS can't use. Add the API server's CA.`);
}

function checkPair(certificate: Material, key: Material): void {
  const own = readClientCertificate(certificate.pem);
  if ('problem' in own)
    throw new KubeconfigError(`${certificate.label} can't be used: ${own.problem} Replace it.`);
  if ('problem' in findPrivateKey(key.pem))
    throw new KubeconfigError(`${key.label} contains no unencrypted PEM private key. Replace it.`);
  switch (pairFault(certificate.pem, key.pem)) {
    case 'certificate':
      throw new KubeconfigError(
        `${certificate.label} contains a certificate that TLS can't use. Replace it.`,
      );
    case 'key':
      throw new KubeconfigError(`${key.label} contains a private key that TLS can't use. Replace it.`);
    case 'mismatch':
      throw new KubeconfigError(`${key.label} doesn't belong to the client certificate. Replace both.`);
    case null:
  }
}

/** Returns what a field's file or its data contains. Null if the kubeconfig has neither. */
function materialOf(
  field: string,
  owner: string,
  file: string | undefined,
  data: string | undefined,
): Material | null {
  if (data !== undefined) {
    const label = `${field}-data of ${owner} in the kubeconfig`;
    const bytes = bytesOfBase64(data);
    if (bytes === null)
      throw new KubeconfigError(`${label} isn't valid base64. Encode the PEM text as base64.`);
    return { label, pem: Buffer.from(bytes).toString('latin1') };
  }
  if (file === undefined) return null;
  const label = `The file ${file} (${field} of ${owner} in the kubeconfig)`;
  try {
    return { label, pem: readFileSync(/* turbopackIgnore: true */ file, 'latin1') };
  } catch {
    throw new KubeconfigError(
      `${label} is missing or can't be read. Correct the path, or the file's permissions.`,
    );
  }
}
