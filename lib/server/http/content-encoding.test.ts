import { expect, test } from 'vitest';
import { acceptedEncoding } from './content-encoding';

test.each([
  ['gzip, deflate, br, zstd', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['x-gzip', 'gzip'],
  ['*', 'gzip'],
  ['deflate, *;q=0.1', 'gzip'],
  ['gzip;q=0, *', 'identity'],
  ['gzip; q=0.0', 'identity'],
  ['br', 'identity'],
  ['gzip;q=nonsense', 'identity'],
  ['', 'identity'],
])('a request that accepts "%s" gets %s', (header, encoding) => {
  expect(acceptedEncoding(new Headers({ 'accept-encoding': header }))).toBe(encoding);
});

test('a request without the header gets the plain body', () => {
  expect(acceptedEncoding(new Headers())).toBe('identity');
});
