import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { DAY_MS } from '@/lib/plane/time/duration';
import { corpusText } from '@/testing/certificates/corpus';
import { ClientCa } from './client-ca';

let authority: CertificateAuthority;
let issued: KeyPairPem;
let leaf: KeyPairPem;

beforeAll(async () => {
  authority = await CertificateAuthority.create('company', { days: 30 });
  issued = await authority.client('agent', [], { days: 10 });
  leaf = await selfSignedAgent('leaf', { days: 90 });
});

function verdict(caPem: string, { certPem }: KeyPairPem, nowMs = Date.now()) {
  return ClientCa.parse(caPem)?.verify(new X509Certificate(certPem), nowMs);
}

describe("a plane's CA", () => {
  test('accepts a certificate that it issued', () => {
    expect(verdict(authority.certPem, issued)).toEqual({ accepted: true });
  });

  test('accepts a self-signed leaf that is registered as its own CA', () => {
    expect(verdict(leaf.certPem, leaf)).toEqual({ accepted: true });
  });

  test('accepts a certificate if any certificate of the bundle does', () => {
    const bundle = `${authority.certPem}\n${leaf.certPem}`;
    expect(verdict(bundle, leaf)).toEqual({ accepted: true });
    expect(verdict(bundle, issued)).toEqual({ accepted: true });
  });

  test('rejects a certificate of another authority, even one with the same name', async () => {
    const impostor = await CertificateAuthority.create('company', { days: 30 });
    const forged = await impostor.client('agent', [], { days: 10 });
    expect(verdict(authority.certPem, forged)).toMatchObject({ accepted: false });
    expect(verdict(authority.certPem, leaf)).toMatchObject({ accepted: false });
  });

  test('rejects a renewed leaf, even one with the same key', async () => {
    const renewed = await selfSignedAgent('leaf', { days: 90 }, leaf.keyPem);
    expect(verdict(leaf.certPem, renewed)).toMatchObject({ accepted: false });
  });

  test("rejects a certificate when it or the CA has expired or isn't valid yet", () => {
    expect(verdict(authority.certPem, issued, Date.now() + 11 * DAY_MS)).toMatchObject({ accepted: false });
    expect(verdict(authority.certPem, issued, Date.now() - DAY_MS)).toMatchObject({ accepted: false });
    expect(verdict(leaf.certPem, leaf, Date.now() + 91 * DAY_MS)).toMatchObject({ accepted: false });
  });

  test('rejects a server certificate', async () => {
    const serving = await authority.serving(['localhost'], { days: 10 });
    expect(verdict(authority.certPem, serving)).toEqual({
      accepted: false,
      reason: "the agent's certificate isn't for client authentication",
    });
  });

  test.each([
    'no line break between two',
    'a negative serial number',
    'no END',
    'a byte order mark',
    'header lines',
    'base64 of PEM',
  ])('is null for a text in which the gateway reads nothing: %s', (name) => {
    expect(ClientCa.parse(corpusText(name))).toBeNull();
  });

  test('skips what the gateway skips, and keeps the rest', () => {
    const text = `${corpusText('a negative serial number')}${leaf.certPem}\n${corpusText('no END')}`;
    expect(verdict(text, leaf)).toEqual({ accepted: true });
  });

  test('is null for a text without a certificate or with a broken one', () => {
    expect(ClientCa.parse('')).toBeNull();
    expect(ClientCa.parse('-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----')).toBeNull();
  });
});
