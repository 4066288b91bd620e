// Must be loaded before @peculiar/x509.
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { DAY_MS } from '@/lib/plane/time/duration';
import { verifyingCas } from './gateway-chain';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

interface Issued {
  readonly certificate: X509Certificate;
  readonly keys: CryptoKeyPair;
}

async function issue(name: string, issuer?: Issued): Promise<Issued> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: issuer ? issuer.certificate.subject.replaceAll('\n', ', ') : `CN=${name}`,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: [new BasicConstraintsExtension(name !== 'gateway', undefined, true)],
  });
  return { certificate: new X509Certificate(made.toString('pem')), keys };
}

const root = await issue('root');
const impostor = await issue('root');
const middle = await issue('middle', root);
const leaf = await issue('gateway', middle);
const direct = await issue('gateway', root);
const pinned = new X509Certificate((await selfSignedAgent('gateway', { days: 5 })).certPem);
const expired = new X509Certificate(
  (await CertificateAuthority.create('other', { fromDays: -20, days: 5 })).certPem,
);

const [ROOT, MIDDLE, LEAF, DIRECT] = [root, middle, leaf, direct].map(({ certificate }) => certificate);
if (!ROOT || !MIDDLE || !LEAF || !DIRECT) throw new Error('No certificates.');

describe("the CA that verifies a server's certificate", () => {
  it.each<readonly [string, X509Certificate[], X509Certificate[], X509Certificate[]]>([
    ['is its issuer', [DIRECT], [ROOT], [ROOT]],
    ['is its issuer in a bundle with others', [DIRECT], [expired, ROOT], [ROOT]],
    ['is the issuer of an intermediate that the server sends', [LEAF, MIDDLE], [ROOT], [ROOT]],
    ['is found whatever the order of the intermediates', [LEAF, ROOT, MIDDLE], [ROOT], [ROOT]],
    ['is an intermediate that is trusted itself', [LEAF], [MIDDLE], [MIDDLE]],
    ['may be several', [LEAF, MIDDLE], [ROOT, expired, MIDDLE], [ROOT, MIDDLE]],
    ["doesn't exist if the intermediate is missing", [LEAF], [ROOT], []],
    ["isn't another one with the same name", [DIRECT], [impostor.certificate], []],
    ['is the certificate itself if it is trusted', [pinned], [pinned], [pinned]],
    ["doesn't exist for a self-signed certificate that isn't trusted", [pinned], [ROOT], []],
    ["doesn't exist without a certificate", [], [ROOT], []],
    ["doesn't exist without a CA", [DIRECT], [], []],
  ])('%s', (_, chain, bundle, verifying) => {
    expect(verifyingCas(chain, bundle)).toEqual(verifying);
  });
});
