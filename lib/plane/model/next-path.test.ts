import { describe, expect, test } from 'vitest';
import { parseNextPath, signInPath } from './next-path';

describe('parseNextPath', () => {
  test.each([
    '/',
    '/planes/dataplanes/acme/prod?tab=edit',
    '/?q=a%2Fb&sort=name',
    '/register#step',
    '/wall-setup',
  ])('keeps %s', (path) => expect(parseNextPath(path)).toBe(path));

  test.each([
    null,
    '',
    'planes',
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    '/x\\..\\evil',
    '/x/..//evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/\u0000',
    '/\u202e/evil',
    'javascript:alert(1)',
    'data:text/html,x',
    '/login?next=/login',
    '/api/planes',
    `/${'x'.repeat(3000)}`,
  ])('leads %j to the start page', (path) => expect(parseNextPath(path)).toBe('/'));
});

test('the sign-in page leads back to the path', () => {
  expect(signInPath('/register?step=2')).toBe('/login?next=%2Fregister%3Fstep%3D2');
  expect(signInPath('/')).toBe('/login');
  expect(signInPath('//evil.example')).toBe('/login');
});
