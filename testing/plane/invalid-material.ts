import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { DAY_MS } from '@/lib/plane/time/duration';

/** Real keys, certificates and files that people paste into the wrong field. */
export interface InvalidMaterial {
  readonly good: { readonly ca: string; readonly certificate: string; readonly key: string };
  readonly otherKey: string;
  readonly publicKey: string;
  readonly encryptedKey: string;
  readonly expired: string;
  /** Date on which `expired` expired, such as `2026-03-10`. */
  readonly expiredOn: string;
  readonly notYetValid: string;
  /** The minute from which `notYetValid` is valid, such as `2026-03-10 12:00 UTC`. */
  readonly validFrom: string;
  readonly serverOnly: string;
  readonly clientOnly: string;
  readonly damaged: string;
  readonly cutOff: string;
  /** A certificate in DER form. */
  readonly der: Buffer;
  readonly kubeconfig: string;
}

export async function createInvalidMaterial(): Promise<InvalidMaterial> {
  const authority = await CertificateAuthority.create('right-ca', { days: 400 });
  const client = await authority.client('right-client', [], { days: 400 });
  const other = await authority.client('other-client', [], { days: 400 });
  const server = await authority.serving(['127.0.0.1'], { days: 400 });
  const now = Date.now();
  const expired = await CertificateAuthority.create('expired-ca', { fromDays: -20, days: 10 });
  const notYetValid = await CertificateAuthority.create('early-ca', { fromDays: 5, days: 100 });
  const validFrom = new X509Certificate(notYetValid.certPem).validFromDate;
  const isoIn = (days: number) => new Date(now + days * DAY_MS).toISOString();
  const lines = authority.certPem.trim().split('\n');
  return {
    good: { ca: authority.certPem.trim(), certificate: client.certPem.trim(), key: client.keyPem.trim() },
    otherKey: other.keyPem.trim(),
    publicKey: createPublicKey(client.keyPem).export({ type: 'spki', format: 'pem' }).toString(),
    encryptedKey: createPrivateKey(client.keyPem)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'a passphrase' })
      .toString(),
    expired: expired.certPem.trim(),
    expiredOn: isoIn(-10).slice(0, 10),
    notYetValid: notYetValid.certPem.trim(),
    validFrom: `${validFrom.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    serverOnly: server.certPem.trim(),
    clientOnly: client.certPem.trim(),
    damaged: [lines[0], lines[1]?.replaceAll(/[A-Z]/g, 'A'), ...lines.slice(3)].join('\n'),
    cutOff: lines.slice(0, -2).join('\n'),
    der: Buffer.from(lines.slice(1, -1).join(''), 'base64'),
    kubeconfig: 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n',
  };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
