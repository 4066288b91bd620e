import { expect, test } from 'vitest';
import { linkCaution } from './link-caution';

test.each([
  ['http://127.0.0.1:3000', false, 'this-machine-only'],
  ['http://localhost', true, 'this-machine-only'],
  ['http://[::1]:3000', false, 'this-machine-only'],
  ['http://planeboard.example.com', false, 'no-cookie'],
  ['http://192.0.2.7:3000', false, 'no-cookie'],
  ['http://planeboard.example.com', true, null],
  ['https://planeboard.example.com', false, null],
] as const)('linkCaution of %s, configured: %s', (origin, isConfigured, caution) => {
  expect(linkCaution(origin, isConfigured)).toBe(caution);
});
