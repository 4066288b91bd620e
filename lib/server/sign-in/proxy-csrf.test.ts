import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { CSRF_HEADER } from '@/lib/api/session';
import { proxyCsrf, requireProxyCsrf } from './proxy-csrf';

const HOUR_MS = 3_600_000;
const KEY = new Uint8Array(randomBytes(32));
const OTHER = new Uint8Array(randomBytes(32));
const CONFIG = { keys: [KEY], maxMs: 12 * HOUR_MS };
const NOW_MS = 1000 * 12 * HOUR_MS;

function isAccepted(value: string | null, user = 'maya', keys = [KEY], nowMs = NOW_MS): boolean {
  try {
    const headers = new Headers(value === null ? {} : { [CSRF_HEADER]: value });
    requireProxyCsrf(headers, user, { ...CONFIG, keys }, nowMs);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'csrf' });
    return false;
  }
}

test("a person's value is accepted for that person alone", () => {
  const value = proxyCsrf('maya', CONFIG, NOW_MS);
  expect(isAccepted(value)).toBe(true);
  expect(isAccepted(value, 'noor')).toBe(false);
  for (const wrong of [null, '', 'x', `${value}x`, value.slice(0, -1)]) expect(isAccepted(wrong)).toBe(false);
});

test('a value is accepted until the end of the next period', () => {
  const value = proxyCsrf('maya', CONFIG, NOW_MS);
  expect(isAccepted(value, 'maya', [KEY], NOW_MS + 23 * HOUR_MS)).toBe(true);
  expect(isAccepted(value, 'maya', [KEY], NOW_MS + 24 * HOUR_MS)).toBe(false);
});

test('a value of an earlier key is accepted while that key is', () => {
  const value = proxyCsrf('maya', CONFIG, NOW_MS);
  expect(isAccepted(value, 'maya', [OTHER, KEY])).toBe(true);
  expect(isAccepted(value, 'maya', [OTHER])).toBe(false);
});
