import { expect, test } from 'vitest';
import { MASK, STORED_MASK_PROBLEM } from '@/lib/plane/masking/mask';
import { corpusText } from '@/testing/certificates/corpus';
import { expectLinearTime } from '@/testing/plane/linear-time';
import { certificateFact } from './certificate-fact';
import { readCredential } from './credential-reading';

/** A self-signed P-256 certificate. Tests overwrite its notAfter in place, as nothing here checks the signature. */
const DER = Buffer.from(
  'MIIBGTCBv6ADAgECAhEA4+Efl5vVmIK4ia2onq7XGjAKBggqhkjOPQQDAjAMMQowCAYDVQQDEwF4MB4XDTI2MDEwMTAwMDAwMFoXDTI3MDEwMTAwMDAwMFowDDEKMAgGA1UEAxMBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCKFjKBUylFUuwN/w54gydsoZ1w/OaH67dlbZqP2zOqmqUbfftOgPjsvbMVqGNnMlWNi3PkYOuDorS+HLIllumSjAjAAMAoGCCqGSM49BAMCA0kAMEYCIQDV21bBZ7BWeW4pR3/G3afLzVjCacchvFjVaBcczfHB3gIhAKwqibR8vHhPGBzCGSWMw56qPPp27yPT0p0KbYrxQMqg',
  'base64',
);

function pem(notAfter: string): string {
  const der = Buffer.from(DER);
  der.write(notAfter, der.indexOf('270101000000Z'), 'latin1');
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

test('returns the dates of a certificate', () => {
  expect(certificateFact(pem('270101000000Z'))).toMatchObject({
    state: 'parsed',
    notAfter: '2027-01-01T00:00:00.000Z',
  });
});

test('returns the latest expiry of a bundle, and each earlier one', () => {
  const fact = certificateFact(pem('270101000000Z') + pem('260201000000Z') + pem('260601000000Z'));
  expect(fact).toMatchObject({
    state: 'parsed',
    count: 3,
    notAfter: '2027-01-01T00:00:00.000Z',
    earlier: [{ notAfter: '2026-02-01T00:00:00.000Z' }, { notAfter: '2026-06-01T00:00:00.000Z' }],
  });
  expect(certificateFact(pem('270101000000Z'))).not.toHaveProperty('earlier');
});

test('counts a certificate that ends before it begins as one that is never valid', () => {
  const obstacle = "It's never valid, because it ends before it begins.";
  expect(certificateFact(pem('251231235959Z'))).toMatchObject({ state: 'parsed', obstacle });
  expect(certificateFact(pem('251231235959Z') + pem('260601000000Z'))).toMatchObject({
    notAfter: '2026-06-01T00:00:00.000Z',
    unreadable: { count: 1, sentences: [`CN=x can't be used. ${obstacle}`] },
  });
});

test("reads no base64 of PEM, because the gateway doesn't decode it", () => {
  const encoded = Buffer.from(pem('270101000000Z')).toString('base64');
  expect(certificateFact(encoded)).toEqual({
    state: 'unparsable',
    problem: "it's base64 of PEM, which the gateway doesn't decode. Store the PEM text itself.",
  });
});

test("names Planeboard's own mask, which someone has stored", () => {
  expect(certificateFact(`${MASK}\n`)).toEqual({ state: 'unparsable', problem: STORED_MASK_PROBLEM });
  for (const purpose of ['server-ca', 'client-key', 'bearer-token', 'password'] as const)
    expect(readCredential({ purpose, isBase64: false }, MASK, 'inline').fact).toEqual({
      state: 'unparsable',
      problem: STORED_MASK_PROBLEM,
    });
});

test('counts a repeated certificate once', () => {
  expect(certificateFact(pem('270101000000Z') + pem('270101000000Z'))).toMatchObject({ count: 1 });
});

test.each([
  ['no END', 'its END line is missing.'],
  ['a negative serial number', 'its serial number is negative.'],
  ['explicit curve parameters', 'its EC key has explicit parameters instead of a named curve.'],
  ['no line break between two', 'certificate 1 of 2: a line break is missing between it and the next block.'],
  ['other text', 'it contains no PEM certificate.'],
  ['a private key beside', null],
])('names why the gateway reads nothing: %s', (name, problem) => {
  const fact = certificateFact(corpusText(name));
  if (problem === null) expect(fact).toMatchObject({ state: 'parsed', count: 1 });
  else expect(fact).toEqual({ state: 'unparsable', problem });
});

test('names the first three blocks that the gateway skips beside a good certificate', () => {
  const bad = corpusText('a negative serial number');
  const fact = certificateFact(pem('270101000000Z') + bad + corpusText('PKCS7') + bad + bad);
  expect(fact).toMatchObject({ state: 'parsed', count: 2 });
  expect(fact).toHaveProperty('unreadable.count', 4);
  expect(fact).toHaveProperty('unreadable.sentences.length', 3);
  expect(fact).toHaveProperty(
    'unreadable.sentences.0',
    "Certificate 2 of 6 can't be read: its serial number is negative.",
  );
});

test.each([
  ['one certificate', false],
  ['version 1', false],
  ['no basic constraints', true],
])('takes %s for a self-signed leaf: %s', (name, selfSignedLeaf) => {
  expect(certificateFact(corpusText(name))).toMatchObject({ state: 'parsed', selfSignedLeaf });
});

// Otherwise one such plane would keep the list of its whole kind from being read.
test.each(['270199000000Z', 'not a date at'])('rejects a certificate that ends at "%s"', (notAfter) => {
  expect(certificateFact(pem(notAfter))).toMatchObject({ state: 'unparsable' });
  expect(certificateFact(pem('270101000000Z') + pem(notAfter))).toMatchObject({
    notAfter: '2027-01-01T00:00:00.000Z',
    unreadable: { count: 1, sentences: ["Certificate 2 of 2 can't be read: its dates are invalid."] },
  });
});

test('takes linear time for a block that never ends', () => {
  expectLinearTime((times) => {
    const unfinishedBlocks = '-----BEGIN CERTIFICATE-----'.repeat(times);
    expect(certificateFact(unfinishedBlocks)).toMatchObject({ state: 'unparsable' });
  }, 9_000);
});

test('rejects material larger than any bundle without reading it', () => {
  const oversized = `${pem('270101000000Z')}${' '.repeat(256 * 1024)}`;
  expect(certificateFact(oversized)).toEqual({ state: 'unparsable', problem: "it's larger than 256 KB." });
});
