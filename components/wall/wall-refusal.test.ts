import { expect, it } from 'vitest';
import { refusalOf } from './wall-refusal';

it('a refusal is distinguished from a failing server', () => {
  expect(refusalOf({ code: 'wall-revoked' })).toBe('revoked');
  expect(refusalOf({ code: 'wall-ended' })).toBe('ended');
  expect(refusalOf({ code: 'unauthenticated' })).toBe('no-token');
  expect(refusalOf({ code: 'api-server-unreachable' })).toBeNull();
  expect(refusalOf('<html>')).toBeNull();
});
