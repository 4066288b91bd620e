import { describe, expect, test } from 'vitest';
import { certificateFact } from './certificate-fact';

/** A self-signed P-256 certificate whose notAfter can be overwritten in place: nobody checks its signature here. */
const DER = Buffer.from(
  'MIIBGTCBv6ADAgECAhEA4+Efl5vVmIK4ia2onq7XGjAKBggqhkjOPQQDAjAMMQowCAYDVQQDEwF4MB4XDTI2MDEwMTAwMDAwMFoXDTI3MDEwMTAwMDAwMFowDDEKMAgGA1UEAxMBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCKFjKBUylFUuwN/w54gydsoZ1w/OaH67dlbZqP2zOqmqUbfftOgPjsvbMVqGNnMlWNi3PkYOuDorS+HLIllumSjAjAAMAoGCCqGSM49BAMCA0kAMEYCIQDV21bBZ7BWeW4pR3/G3afLzVjCacchvFjVaBcczfHB3gIhAKwqibR8vHhPGBzCGSWMw56qPPp27yPT0p0KbYrxQMqg',
  'base64',
);

function pem(notAfter: string): string {
  const der = Buffer.from(DER);
  der.write(notAfter, der.indexOf('270101000000Z'), 'latin1');
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

test('the dates of a certificate are told', () => {
  expect(certificateFact(pem('270101000000Z'))).toMatchObject({
    state: 'parsed',
    notAfter: '2027-01-01T00:00:00.000Z',
  });
});

test('of a bundle the last end is told, and beside it each earlier one', () => {
  const fact = certificateFact(pem('270101000000Z') + pem('260201000000Z') + pem('260601000000Z'));
  expect(fact).toMatchObject({
    state: 'parsed',
    count: 3,
    notAfter: '2027-01-01T00:00:00.000Z',
    earlier: [{ notAfter: '2026-02-01T00:00:00.000Z' }, { notAfter: '2026-06-01T00:00:00.000Z' }],
  });
  expect(certificateFact(pem('270101000000Z'))).not.toHaveProperty('earlier');
});

describe('base64 of PEM, as older releases take it', () => {
  const encoded = Buffer.from(`${pem('270101000000Z')}\n\n\n`).toString('base64');
  const wholeGroups = encoded.slice(0, Math.floor(encoded.replace(/=+$/, '').length / 4) * 4);

  test.each([
    ['in one line', encoded],
    ['wrapped', encoded.replace(/(.{76})/g, '$1\r\n')],
    ['without its padding', encoded.replace(/=+$/, '')],
  ])('is read %s', (_what, material) => {
    expect(certificateFact(material)).toMatchObject({
      state: 'parsed',
      notAfter: '2027-01-01T00:00:00.000Z',
    });
  });

  // A lenient decoder skips what is wrong; a strict one, such as Go's, finds no certificate.
  test.each([
    ['with padding in its middle', `${encoded.slice(0, 40)}=${encoded.slice(40)}`],
    ['with more after its padding', `${wholeGroups}Cg==${encoded}`],
    ['with too much padding', `${encoded}===`],
    ['with one character too many', `${wholeGroups}A`],
    ['with a character of another alphabet', `${encoded.slice(0, 40)}*${encoded.slice(40)}`],
  ])('is no certificate %s', (_what, material) => {
    expect(certificateFact(material)).toEqual({
      state: 'unparsable',
      problem: 'there is no PEM certificate in it.',
    });
  });
});

// One such plane would otherwise keep the list of its whole kind from ever being read.
test.each(['270199000000Z', 'not a date at'])('a certificate that ends at "%s" is damaged', (notAfter) => {
  expect(certificateFact(pem(notAfter))).toMatchObject({ state: 'unparsable' });
  expect(certificateFact(pem('270101000000Z') + pem(notAfter))).toMatchObject({ state: 'unparsable' });
});

test('a block that begins and never ends costs no more than it is long', () => {
  const startedAtMs = performance.now();
  const begins = '-----BEGIN CERTIFICATE-----'.repeat(9_000);
  expect(certificateFact(begins)).toMatchObject({ state: 'unparsable' });
  // Looked through once it takes a millisecond, and most of a second when each beginning is followed to the end.
  expect(performance.now() - startedAtMs).toBeLessThan(400);
});

test('what is larger than any bundle is not looked through', () => {
  const filled = `${pem('270101000000Z')}${' '.repeat(256 * 1024)}`;
  expect(certificateFact(filled)).toEqual({ state: 'unparsable', problem: 'it is larger than 256 KB.' });
});
