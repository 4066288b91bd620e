import { DAY_MS } from '@/lib/plane/time/duration';
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  GeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNING_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' };
/** A certificate is valid from a little before its creation, because clocks differ. */
const BACKDATE_MS = 5 * 60_000;

/** A certificate with its private key, both PEM. */
export interface KeyPairPem {
  readonly certPem: string;
  readonly keyPem: string;
}

/** A certificate's period of validity, in days from now. `fromDays` may be negative. */
export interface Validity {
  readonly fromDays?: number;
  readonly days: number;
}

/** A certificate authority in memory. Store its `pem` to restore it with `CertificateAuthority.load`. */
export class CertificateAuthority {
  private constructor(
    private readonly certificate: X509Certificate,
    private readonly privateKey: CryptoKey,
    readonly pem: KeyPairPem,
  ) {}

  static async create(commonName: string, validity: Validity): Promise<CertificateAuthority> {
    const keys = await generateKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      ...common(validity),
      name: new Name([{ CN: [commonName] }]),
      keys,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ],
    });
    const keyPem = await exportKey(keys.privateKey);
    return new CertificateAuthority(certificate, keys.privateKey, {
      certPem: certificate.toString('pem'),
      keyPem,
    });
  }

  static async load(pem: KeyPairPem): Promise<CertificateAuthority> {
    return new CertificateAuthority(new X509Certificate(pem.certPem), await importKey(pem.keyPem), pem);
  }

  get certPem(): string {
    return this.pem.certPem;
  }

  /** Issues the certificate of an intermediate CA. */
  async intermediate(commonName: string, validity: Validity): Promise<CertificateAuthority> {
    const keys = await generateKeys();
    const certificate = await X509CertificateGenerator.create({
      ...common(validity),
      subject: new Name([{ CN: [commonName] }]),
      issuer: this.certificate.subject,
      publicKey: keys.publicKey,
      signingKey: this.privateKey,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      ],
    });
    const keyPem = await exportKey(keys.privateKey);
    return new CertificateAuthority(certificate, keys.privateKey, {
      certPem: certificate.toString('pem'),
      keyPem,
    });
  }

  /** Issues a server certificate for these DNS names and IP addresses. */
  serving(names: readonly string[], validity: Validity): Promise<KeyPairPem> {
    const alternatives = names.map((name) => new GeneralName(isIP(name) ? 'ip' : 'dns', name));
    return this.issue([{ CN: [names[0] ?? 'localhost'] }], validity, [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(alternatives),
    ]);
  }

  /** Issues a client certificate. To Kubernetes, the common name is the user and each organisation is a group. */
  client(commonName: string, organisations: readonly string[], validity: Validity): Promise<KeyPairPem> {
    const subject = [...organisations.map((organisation) => ({ O: [organisation] })), { CN: [commonName] }];
    return this.issue(subject, validity, [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])]);
  }

  private async issue(
    subject: Record<string, string[]>[],
    validity: Validity,
    extensions: Extension[],
  ): Promise<KeyPairPem> {
    const keys = await generateKeys();
    const certificate = await X509CertificateGenerator.create({
      ...common(validity),
      subject: new Name(subject),
      issuer: this.certificate.subject,
      publicKey: keys.publicKey,
      signingKey: this.privateKey,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
        ...extensions,
      ],
    });
    return { certPem: certificate.toString('pem'), keyPem: await exportKey(keys.privateKey) };
  }
}

/**
 * Creates an agent's certificate as the charts do by default: self-signed and not a CA, so the leaf itself is
 * registered as CA.
 *
 * @param keyPem the key of an earlier certificate to reuse
 */
export async function selfSignedAgent(
  commonName: string,
  validity: Validity,
  keyPem?: string,
): Promise<KeyPairPem> {
  const keys = keyPem ? await importKeys(keyPem) : await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...common(validity),
    name: new Name([{ CN: [commonName] }]),
    keys,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
    ],
  });
  return { certPem: certificate.toString('pem'), keyPem: keyPem ?? (await exportKey(keys.privateKey)) };
}

function common({ fromDays, days }: Validity) {
  const notBefore = new Date(
    fromDays === undefined ? Date.now() - BACKDATE_MS : Date.now() + fromDays * DAY_MS,
  );
  const serial = randomBytes(12);
  // A serial number must be positive.
  serial.writeUInt8(serial.readUInt8(0) & 0x7f, 0);
  return {
    serialNumber: serial.toString('hex'),
    notBefore,
    notAfter: new Date(notBefore.getTime() + days * DAY_MS),
    signingAlgorithm: SIGNING_ALGORITHM,
  };
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
}

async function exportKey(key: CryptoKey): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function importKey(pem: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), KEY_ALGORITHM, true, ['sign']);
}

/** Returns both keys of a private key. The public key is derived through its JSON web key. */
async function importKeys(pem: string): Promise<CryptoKeyPair> {
  const privateKey = await importKey(pem);
  const { d: _private, key_ops: _uses, ...jwk } = await crypto.subtle.exportKey('jwk', privateKey);
  const publicKey = await crypto.subtle.importKey('jwk', jwk, KEY_ALGORITHM, true, ['verify']);
  return { privateKey, publicKey };
}
