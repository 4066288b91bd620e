import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import type { InspectionAnswer, InspectionRequest } from '@/lib/api/credentials';
import type { SecretReader, SecretReading } from '@/lib/server/kube/read-secret';
import { corpusText } from '@/testing/certificates/corpus';
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
const inspect = (request: InspectionRequest, readSecret: SecretReader = noSecrets) =>
  inspectCertificate(request, readSecret, Date.now());
const inspectText = (text: string) => inspect({ purpose: 'agent-ca', certificate: { text } });
const inspectPair = (certificate: string, key: string) =>
  inspect({ purpose: 'client-certificate', certificate: { text: certificate }, privateKey: { text: key } });
const inspectSecret = (reading: SecretReading) =>
  inspect({ purpose: 'agent-ca', certificate: { secret: SECRET } }, async () => reading);
const messages = (answer: InspectionAnswer) => answer.findings.map(({ message }) => message).join(' ');

describe('the facts of a certificate', () => {
  test('cover an authority', async () => {
    const answer = await inspectText(authority.certPem);
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

  test('cover a self-signed leaf and a leaf signed by an authority', async () => {
    expect((await inspectText(leaf.certPem)).certificates).toMatchObject([
      {
        isCa: false,
        selfSigned: true,
        keyUsage: ['digitalSignature', 'keyEncipherment'],
        extendedKeyUsage: ['clientAuth'],
      },
    ]);
    expect((await inspectText(client.certPem)).certificates).toMatchObject([
      { subject: 'O=team, CN=me', issuer: 'CN=company agents', isCa: false, selfSigned: false },
    ]);
  });

  test('cover a root of version 1, which is a CA, and one with more than OpenSSL reads', async () => {
    expect((await inspectText(corpusText('version 1'))).certificates).toMatchObject([
      { isCa: true, subject: 'CN=ca', selfSigned: false },
    ]);
    expect((await inspectText(corpusText('an element after the extensions'))).certificates).toMatchObject([
      { isCa: true, subject: 'CN=ca', serialNumber: '1267', keyType: 'unknown' },
    ]);
  });

  test('count a repeated certificate once', async () => {
    expect((await inspectText(leaf.certPem + leaf.certPem)).certificates).toHaveLength(1);
  });

  test('cover a bundle and base64 of PEM', async () => {
    expect((await inspectText(`${leaf.certPem}\n${authority.certPem}`)).certificates).toHaveLength(2);
    expect(await inspectText(base64(authority.certPem))).toMatchObject({
      encoding: 'base64',
      certificates: [{ isCa: true }],
      findings: [],
    });
  });
});

test('a certificate with an unknown critical extension is read, but verifies nothing', async () => {
  const answer = await inspectText(corpusText('an unknown critical extension'));
  expect(answer.certificates).toMatchObject([{ unknownCritical: ['1.2.3'] }]);
  expect(answer.findings).toEqual([
    {
      severity: 'error',
      about: 'certificate',
      message: "It has a critical extension that Go's verification doesn't know (1.2.3), so it's rejected.",
    },
  ]);
});

describe('unreadable material', () => {
  test.each([
    ['empty', '', 'No certificate found: the text is empty.'],
    ['plain text', 'hello', 'No certificate found.'],
    ['a damaged certificate', DAMAGED, "The certificate can't be read: it's damaged or cut off."],
    ['a block without an end', '-----BEGIN CERTIFICATE-----\nAAAA', 'its END line is missing'],
    ['larger than any bundle', 'x'.repeat(300_000), '256 KB'],
  ])('is an error when it is %s', async (_, text, sentence) => {
    const answer = await inspectText(text);
    expect(answer.certificates).toEqual([]);
    expect(answer.findings.every(({ severity }) => severity === 'error')).toBe(true);
    expect(messages(answer)).toContain(sentence);
  });

  test('is named by its place in a bundle', async () => {
    const answer = await inspectText(`${authority.certPem}\n${DAMAGED}`);
    expect(messages(answer)).toContain("Certificate 2 of 2 can't be read: it's damaged or cut off.");
    expect(answer.certificates).toHaveLength(1);
  });

  test('is never returned when it contains a private key, as PEM, as base64 or beside a certificate', async () => {
    for (const text of [leaf.keyPem, base64(leaf.keyPem), `${leaf.certPem}\n${leaf.keyPem}`]) {
      const answer = await inspectText(text);
      expect(answer).toEqual({
        encoding: null,
        certificates: [],
        findings: [
          {
            severity: 'error',
            about: 'certificate',
            message: 'This contains a private key. Enter only the certificate.',
          },
        ],
        keyMatches: null,
      });
    }
  });
});

describe('a client certificate and its key', () => {
  test('match when they belong together', async () => {
    expect(await inspectPair(client.certPem, client.keyPem)).toMatchObject({
      keyMatches: true,
      findings: [],
    });
    expect(await inspectPair(base64(client.certPem), base64(client.keyPem))).toMatchObject({
      keyMatches: true,
    });
  });

  test("don't match when the key belongs to another certificate or has another type", async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const others = [leaf.keyPem, rsa.export({ type: 'pkcs8', format: 'pem' }).toString()];
    for (const key of others) {
      const answer = await inspectPair(client.certPem, key);
      expect(answer.keyMatches).toBe(false);
      expect(answer.findings).toMatchObject([{ severity: 'error', about: 'privateKey' }]);
    }
  });

  test("aren't compared when the key can't be read", async () => {
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
      const answer = await inspectPair(client.certPem, key);
      expect(answer.keyMatches).toBeNull();
      expect(answer.findings).toMatchObject([{ severity: 'error', about: 'privateKey' }]);
      expect(messages(answer)).toContain(sentence);
    }
  });
});

describe('material in a Secret', () => {
  test('is read', async () => {
    expect(await inspectSecret({ state: 'read', text: authority.certPem })).toMatchObject({ findings: [] });
  });

  test.each([
    ['secret-missing', "doesn't exist yet"],
    ['key-missing', 'has no key ca.crt yet'],
    ['not-visible', "You can't read the Secret"],
  ] as const)('causes a warning in the state %s', async (state, sentence) => {
    const answer = await inspectSecret({ state });
    expect(answer).toMatchObject({
      certificates: [],
      findings: [{ severity: 'warning', about: 'certificate' }],
    });
    expect(messages(answer)).toContain(sentence);
  });

  test('is read as it is: nothing is corrected on the way to the gateway', async () => {
    const text = corpusText('a byte order mark');
    expect(await inspectSecret({ state: 'read', text })).toMatchObject({
      certificates: [],
      findings: [{ severity: 'error', message: expect.stringContaining('invisible characters') }],
      unreadable: [{ position: 1, line: 1, label: 'CERTIFICATE' }],
    });
    const typed = await inspectText(text);
    expect(typed).toMatchObject({ corrections: ['invisible'], certificates: [{}] });
    expect(typed.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('has a warning for each block that the gateway skips beside one that it reads', async () => {
    const text = `${authority.certPem}\n${corpusText('a negative serial number')}`;
    expect(await inspectSecret({ state: 'read', text })).toMatchObject({
      certificates: [{ subject: 'CN=company agents' }],
      findings: [
        {
          severity: 'warning',
          message: "Certificate 2 of 2 can't be read: its serial number is negative.",
        },
      ],
    });
  });

  test('has a warning for a private key, and never repeats it', async () => {
    const answer = await inspectSecret({ state: 'read', text: `${authority.certPem}\n${leaf.keyPem}` });
    expect(answer).toMatchObject({
      certificates: [{}],
      findings: [{ severity: 'warning', message: expect.stringContaining('A private key is stored beside') }],
    });
    expect(JSON.stringify(answer)).not.toContain(leaf.keyPem.split('\n')[1]);
  });

  test('is an error when encoded twice, because no control plane reads that', async () => {
    const answer = await inspectSecret({ state: 'read', text: base64(authority.certPem) });
    expect(answer.findings).toMatchObject([{ severity: 'error' }]);
    expect(messages(answer)).toContain('encoded twice');
  });
});
