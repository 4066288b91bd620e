import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { UsedCredential } from '@/lib/plane/credentials/used-credentials';
import { credentialFacts, readCredential } from './credential-reading';

const DAYS = 40;
let authority: CertificateAuthority;
let client: { certPem: string; keyPem: string };
let other: { certPem: string; keyPem: string };

beforeAll(async () => {
  authority = await CertificateAuthority.create('cluster-ca', { days: DAYS });
  client = await authority.client('openchoreo', [], { days: DAYS });
  other = await authority.client('someone', [], { days: DAYS });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const read = (purpose: UsedCredential['purpose'], text: string, isBase64 = false) =>
  readCredential({ purpose, isBase64 }, text, 'inline');

describe('a credential of direct access', () => {
  test('is read from PEM, and from base64 of it as the oldest release has it', () => {
    for (const text of [authority.certPem, base64(authority.certPem)])
      expect(read('server-ca', text).fact).toMatchObject({ state: 'parsed', subject: 'CN=cluster-ca' });
    for (const text of [client.certPem, base64(client.certPem)])
      expect(read('client-certificate', text).fact).toMatchObject({ state: 'parsed', selfSignedLeaf: false });
    for (const text of [client.keyPem, base64(client.keyPem)])
      expect(read('client-key', text).fact).toEqual({ state: 'present' });
  });

  test('has to be base64 where the release decodes it', () => {
    expect(read('server-ca', base64(authority.certPem), true).fact.state).toBe('parsed');
    expect(read('server-ca', authority.certPem, true).fact).toEqual({
      state: 'unparsable',
      problem: "it's PEM, but this release's field takes base64 of PEM.",
    });
  });

  test.each([
    ['blanks around it', (text: string) => ` ${base64(text)}\n`, /^it has blanks/],
    ['a tab within it', (text: string) => base64(text).replace(/^(.{64})/, '$1\t'), /^it has blanks/],
    [
      'a byte order mark',
      (text: string) => base64(`\ufeff${text}`),
      /^blanks or invisible characters precede/,
    ],
  ])('of the oldest release is rejected with %s, as Go rejects it', (_, form, problem) => {
    expect(read('server-ca', form(authority.certPem), true).fact).toEqual({
      state: 'unparsable',
      problem: expect.stringMatching(problem),
    });
  });

  test('of the oldest release may have line breaks in its base64', () => {
    const wrapped = base64(authority.certPem).replace(/(.{76})/g, '$1\r\n');
    expect(read('server-ca', `${wrapped}\n`, true).fact.state).toBe('parsed');
    expect(read('server-ca', 'changeme', true).fact).toMatchObject({
      problem: 'it contains no PEM certificate.',
    });
  });

  test.each([
    ['nothing but blanks', '\n', 'it contains nothing but blanks.'],
    ['the header of a request', 'Bearer abc', 'it contains blanks or line breaks, which no token has.'],
    ['a token with NUL', 'abc\0def', 'it contains characters that no token has.'],
    ['a token in two lines', 'abc\ndef', 'it contains blanks or line breaks, which no token has.'],
    ['a certificate', () => client.certPem, 'it contains blanks or line breaks, which no token has.'],
  ])('is no token if it is %s', (_, text, problem) => {
    expect(read('bearer-token', typeof text === 'string' ? text : text()).fact).toEqual({
      state: 'unparsable',
      problem,
    });
    expect(read('bearer-token', 'abc\n').fact).toEqual({ state: 'present' });
  });

  test('that is a token begins and ends when it says so', () => {
    const part = (claims: string) => Buffer.from(claims).toString('base64url');
    const token = (claims: string) => `${part('{"alg":"none"}')}.${part(claims)}.c2ln`;
    expect(read('bearer-token', token('{"exp":1798761600}')).fact).toEqual({
      state: 'present',
      notAfter: '2027-01-01T00:00:00.000Z',
    });
    expect(read('bearer-token', token('{"nbf":1798761600,"exp":1e99}')).fact).toEqual({
      state: 'present',
      notBefore: '2027-01-01T00:00:00.000Z',
    });
    for (const claims of ['{"nbf":20,"exp":10}', '{"nbf":10,"exp":10}', '{"nbf":1e20,"exp":10}'])
      expect(read('bearer-token', token(claims)).fact).toMatchObject({
        obstacle: expect.stringMatching("It's never valid"),
      });
    for (const text of [
      'opaque',
      'a.b.c',
      token('{}'),
      token('null'),
      token('{"exp":"soon"}'),
      token('{"exp":null}'),
      token('{"nbf":"2027-01-01"}'),
      token('{"exp":true}'),
      token('{"exp":1e99}'),
    ])
      expect(read('bearer-token', text).fact).toEqual({ state: 'present' });
  });

  test("isn't decoded in a Secret", () => {
    const inSecret = (text: string) =>
      readCredential({ purpose: 'server-ca', isBase64: false }, text, 'secret').fact;
    expect(inSecret(authority.certPem).state).toBe('parsed');
    expect(inSecret(base64(authority.certPem))).toMatchObject({
      problem: "it's base64 of PEM. Store the PEM text itself.",
    });
  });

  test('is the first certificate of a chain, which no other replaces when it is damaged', () => {
    const damaged = client.certPem.replace(/\n[^\n]+\n/, '\nAAAA\n');
    expect(read('client-certificate', `${client.certPem}\n${authority.certPem}`).fact).toMatchObject({
      subject: 'CN=openchoreo',
    });
    expect(read('client-certificate', `${damaged}\n${client.certPem}`).fact.state).toBe('unparsable');
    expect(read('client-certificate', client.keyPem).fact).toMatchObject({ problem: "it's a private key." });
  });

  test('has an obstacle if its usage excludes the purpose, and none if it is for any', async () => {
    const server = await authority.serving(['api.example.com'], { days: DAYS });
    expect(read('client-certificate', server.certPem).fact).toMatchObject({
      state: 'parsed',
      obstacle: "Its extended key usage doesn't include client authentication, so an API server rejects it.",
    });
    expect(read('server-ca', client.certPem).fact).toMatchObject({
      state: 'parsed',
      obstacle:
        "Its extended key usage doesn't include server authentication, so it can't verify an API server.",
    });
    const bundle = `${client.certPem}\n${authority.certPem}`;
    for (const fact of [
      read('client-certificate', client.certPem).fact,
      read('server-ca', authority.certPem).fact,
      read('server-ca', bundle).fact,
    ])
      expect(fact).not.toHaveProperty('obstacle');
  });

  test.each([
    ['a certificate', () => client.certPem, "it's a certificate."],
    ['nothing', () => 'hello', 'it contains no PEM private key.'],
    [
      'an encrypted key',
      () =>
        generateKeyPairSync('ec', {
          namedCurve: 'P-256',
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
        }).privateKey,
      "it's encrypted, which the control plane can't read.",
    ],
    [
      'a curve that Go lacks',
      () =>
        generateKeyPairSync('ec', {
          namedCurve: 'secp256k1',
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        }).privateKey,
      "it's damaged or of a type that Go doesn't accept.",
    ],
  ])('is no private key if it is %s', (_, text, problem) => {
    expect(read('client-key', text()).fact).toEqual({ state: 'unparsable', problem });
  });

  test.each(['pkcs1', 'sec1'] as const)('accepts a key in the encoding %s', (type) => {
    const pair =
      type === 'pkcs1'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-384' });
    expect(read('client-key', String(pair.privateKey.export({ type, format: 'pem' }))).fact.state).toBe(
      'present',
    );
  });
});

describe('a private key', () => {
  const certificate: UsedCredential = {
    slot: 'a.clientCert',
    purpose: 'client-certificate',
    isBase64: false,
    place: { at: 'absent' },
  };
  const key: UsedCredential = {
    slot: 'a.clientKey',
    purpose: 'client-key',
    isBase64: false,
    place: { at: 'absent' },
    certificateSlot: 'a.clientCert',
  };
  const facts = (certPem: string, keyPem: string) => {
    const readings = new Map([
      [certificate.slot, read('client-certificate', certPem)],
      [key.slot, read('client-key', keyPem)],
    ]);
    return credentialFacts([certificate, key], (slot) => readings.get(slot)).map(({ fact }) => fact.state);
  };

  test('matches its certificate', () => {
    expect(facts(client.certPem, client.keyPem)).toEqual(['parsed', 'present']);
  });

  test("doesn't match another certificate", () => {
    expect(facts(client.certPem, other.keyPem)).toEqual(['parsed', 'mismatched']);
  });

  test("isn't judged beside a certificate that can't be read", () => {
    expect(facts('nothing', other.keyPem)).toEqual(['unparsable', 'present']);
  });

  test('leaves no secret in what is kept', () => {
    const reading = JSON.stringify(read('client-key', client.keyPem));
    expect(reading).not.toContain(client.keyPem.split('\n')[1]);
  });
});
