import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import type { InspectionAnswer, InspectionRequest } from '@/lib/api/credentials';
import type { SecretReader, SecretReading } from '@/lib/server/kube/read-secret';
import { inspectCertificate } from './inspect-certificate';

const SECRET = { namespace: 'acme', name: 'agent-ca', key: 'ca.crt' };
const DAMAGED = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

let authority: CertificateAuthority;
let client: KeyPairPem;
let leaf: KeyPairPem;

beforeAll(async () => {
  authority = await CertificateAuthority.create('company agents', { days: 400 });
  client = await authority.client('me', ['team'], { days: 100 });
  leaf = await selfSignedAgent('agent', { days: 90 });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const noSecrets: SecretReader = async () => ({ state: 'secret-missing' });
const look = (request: InspectionRequest, readSecret: SecretReader = noSecrets) =>
  inspectCertificate(request, readSecret, Date.now());
const lookAt = (text: string) => look({ purpose: 'agent-ca', certificate: { text } });
const lookAtPair = (certificate: string, key: string) =>
  look({ purpose: 'client-certificate', certificate: { text: certificate }, privateKey: { text: key } });
const lookInSecret = (reading: SecretReading) =>
  look({ purpose: 'agent-ca', certificate: { secret: SECRET } }, async () => reading);
const messages = (answer: InspectionAnswer) => answer.findings.map(({ message }) => message).join(' ');

describe('the facts of a certificate', () => {
  test('of an authority', async () => {
    const answer = await lookAt(authority.certPem);
    expect(answer).toMatchObject({ encoding: 'pem', findings: [], keyMatches: null });
    expect(answer.certificates).toMatchObject([
      {
        subject: 'CN=company agents',
        issuer: 'CN=company agents',
        isCa: true,
        selfSigned: true,
        keyUsage: ['keyCertSign', 'cRLSign'],
        extendedKeyUsage: null,
        keyType: 'EC P-256',
      },
    ]);
    expect(answer.certificates[0]?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test('of a leaf that signed itself, and of one that an authority signed', async () => {
    expect((await lookAt(leaf.certPem)).certificates).toMatchObject([
      {
        isCa: false,
        selfSigned: true,
        keyUsage: ['digitalSignature', 'keyEncipherment'],
        extendedKeyUsage: ['clientAuth'],
      },
    ]);
    expect((await lookAt(client.certPem)).certificates).toMatchObject([
      { subject: 'O=team, CN=me', issuer: 'CN=company agents', isCa: false, selfSigned: false },
    ]);
  });

  test('of a bundle, and of base64 of PEM', async () => {
    expect((await lookAt(`${leaf.certPem}\n${authority.certPem}`)).certificates).toHaveLength(2);
    expect(await lookAt(base64(authority.certPem))).toMatchObject({
      encoding: 'base64',
      certificates: [{ isCa: true }],
      findings: [],
    });
  });
});

describe('what cannot be read is an error', () => {
  test.each([
    ['nothing', '', 'There is nothing in this.'],
    ['a text', 'hello', 'There is no certificate in this.'],
    ['a damaged certificate', DAMAGED, 'The certificate is damaged: it cannot be read.'],
    ['a block without an end', '-----BEGIN CERTIFICATE-----\nAAAA', 'its last line is missing'],
    ['more than any bundle', 'x'.repeat(300_000), '256 KB'],
  ])('%s', async (_, text, sentence) => {
    const answer = await lookAt(text);
    expect(answer.certificates).toEqual([]);
    expect(answer.findings.every(({ severity }) => severity === 'error')).toBe(true);
    expect(messages(answer)).toContain(sentence);
  });

  test('one damaged certificate of a bundle, by its place', async () => {
    const answer = await lookAt(`${authority.certPem}\n${DAMAGED}`);
    expect(messages(answer)).toContain('Certificate 2 of 2 is damaged');
    expect(answer.certificates).toHaveLength(1);
  });

  test('a private key in its place, also in base64 or beside a certificate, and nothing of it comes back', async () => {
    for (const text of [leaf.keyPem, base64(leaf.keyPem), `${leaf.certPem}\n${leaf.keyPem}`]) {
      const answer = await lookAt(text);
      expect(answer).toEqual({
        encoding: null,
        certificates: [],
        findings: [
          {
            severity: 'error',
            about: 'certificate',
            message: 'There is a private key in this. What is meant here is a certificate alone.',
          },
        ],
        keyMatches: null,
      });
    }
  });
});

describe('a client certificate and its key', () => {
  test('belong together', async () => {
    expect(await lookAtPair(client.certPem, client.keyPem)).toMatchObject({ keyMatches: true, findings: [] });
    expect(await lookAtPair(base64(client.certPem), base64(client.keyPem))).toMatchObject({
      keyMatches: true,
    });
  });

  test('do not, also when the key is of another type', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const others = [leaf.keyPem, rsa.export({ type: 'pkcs8', format: 'pem' }).toString()];
    for (const key of others) {
      const answer = await lookAtPair(client.certPem, key);
      expect(answer.keyMatches).toBe(false);
      expect(answer.findings).toMatchObject([{ severity: 'error', about: 'privateKey' }]);
    }
  });

  test('a key that cannot be read says nothing about whether it belongs', async () => {
    const encrypted = createPrivateKey(client.keyPem).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'secret',
    });
    const damaged = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
    for (const [key, sentence] of [
      [encrypted.toString(), 'passphrase'],
      [damaged, 'The private key is damaged'],
      [client.certPem, 'This is a certificate.'],
    ] as const) {
      const answer = await lookAtPair(client.certPem, key);
      expect(answer.keyMatches).toBeNull();
      expect(answer.findings).toMatchObject([{ severity: 'error', about: 'privateKey' }]);
      expect(messages(answer)).toContain(sentence);
    }
  });
});

describe('material in a Secret', () => {
  test('is read', async () => {
    expect(await lookInSecret({ state: 'read', text: authority.certPem })).toMatchObject({ findings: [] });
  });

  test.each([
    ['secret-missing', 'does not exist yet'],
    ['key-missing', 'has no key ca.crt yet'],
    ['not-visible', 'is not visible to you'],
  ] as const)('%s is a warning', async (state, sentence) => {
    const answer = await lookInSecret({ state });
    expect(answer).toMatchObject({
      certificates: [],
      findings: [{ severity: 'warning', about: 'certificate' }],
    });
    expect(messages(answer)).toContain(sentence);
  });

  test('that is encoded twice is an error: no control plane reads that', async () => {
    const answer = await lookInSecret({ state: 'read', text: base64(authority.certPem) });
    expect(answer.findings).toMatchObject([{ severity: 'error' }]);
    expect(messages(answer)).toContain('encoded twice');
  });
});
