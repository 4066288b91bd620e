import { describe, expect, test } from 'vitest';
import { certificateFact } from './certificate-fact';

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

describe('base64 of PEM, as in older releases', () => {
  const encoded = Buffer.from(`${pem('270101000000Z')}\n\n\n`).toString('base64');
  const wholeGroups = encoded.slice(0, Math.floor(encoded.replace(/=+$/, '').length / 4) * 4);

  test.each([
    ['on one line', encoded],
    ['wrapped', encoded.replace(/(.{76})/g, '$1\r\n')],
    ['without padding', encoded.replace(/=+$/, '')],
  ])('is accepted %s', (_what, material) => {
    expect(certificateFact(material)).toMatchObject({
      state: 'parsed',
      notAfter: '2027-01-01T00:00:00.000Z',
    });
  });

  // A lenient decoder skips errors; a strict one, such as Go's, finds no certificate.
  test.each([
    ['with padding in the middle', `${encoded.slice(0, 40)}=${encoded.slice(40)}`],
    ['with more data after the padding', `${wholeGroups}Cg==${encoded}`],
    ['with too much padding', `${encoded}===`],
    ['with one extra character', `${wholeGroups}A`],
    ['with a character outside the alphabet', `${encoded.slice(0, 40)}*${encoded.slice(40)}`],
  ])('is rejected %s', (_what, material) => {
    expect(certificateFact(material)).toEqual({
      state: 'unparsable',
      problem: 'it contains no PEM certificate.',
    });
  });
});

// Otherwise one such plane would keep the list of its whole kind from being read.
test.each(['270199000000Z', 'not a date at'])('rejects a certificate that ends at "%s"', (notAfter) => {
  expect(certificateFact(pem(notAfter))).toMatchObject({ state: 'unparsable' });
  expect(certificateFact(pem('270101000000Z') + pem(notAfter))).toMatchObject({ state: 'unparsable' });
});

test('takes linear time for a block that never ends', () => {
  const startedAtMs = performance.now();
  const unfinishedBlocks = '-----BEGIN CERTIFICATE-----'.repeat(9_000);
  expect(certificateFact(unfinishedBlocks)).toMatchObject({ state: 'unparsable' });
  // One pass takes a millisecond. Following each start to the end takes most of a second.
  expect(performance.now() - startedAtMs).toBeLessThan(400);
});

test('rejects material larger than any bundle without reading it', () => {
  const oversized = `${pem('270101000000Z')}${' '.repeat(256 * 1024)}`;
  expect(certificateFact(oversized)).toEqual({ state: 'unparsable', problem: "it's larger than 256 KB." });
});
