import { expect, test } from 'vitest';
import { inRanges, sourceAddress } from './source-address';

const isTrusted = inRanges([
  { address: '10.0.0.0', prefix: 8 },
  { address: '192.168.1.5', prefix: 32 },
  { address: 'fd00::', prefix: 8 },
]);

test.each([
  ['a peer that is no proxy, whatever it claims', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a proxy without the header', '10.1.2.3', undefined, '10.1.2.3'],
  ['what a proxy reports', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  [
    'the last untrusted one, not what its sender put in front',
    '10.1.2.3',
    '1.1.1.1, 198.51.100.1',
    '198.51.100.1',
  ],
  ['the one before a chain of proxies', '10.1.2.3', '198.51.100.1, 192.168.1.5,10.9.9.9', '198.51.100.1'],
  ['the first of nothing but proxies', '10.1.2.3', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
  ['the proxy before something that is no address', '10.1.2.3', '198.51.100.1, unknown', '10.1.2.3'],
  ['the last proxy before it', '10.1.2.3', '1.1.1.1, x, 10.0.0.2', '10.0.0.2'],
  ['an address without its port', '10.1.2.3', '198.51.100.1:443', '198.51.100.1'],
  ['IPv6 without brackets and port', 'fd00::1', '[2001:db8::1]:443', '2001:db8::1'],
  ['IPv4 of a socket that listens on both', '::ffff:10.1.2.3', '::ffff:198.51.100.1', '198.51.100.1'],
  ['a neighbour of a trusted address', '192.168.1.6', '198.51.100.1', '192.168.1.6'],
])('takes %s', (_, peer, header, source) => {
  expect(sourceAddress(peer, header, isTrusted)).toBe(source);
});

test('trusts no one without ranges', () => {
  expect(sourceAddress('127.0.0.1', '198.51.100.1', inRanges([]))).toBe('127.0.0.1');
});
