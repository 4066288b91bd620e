import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clearOwnStorage, ownKey, ownKeysAmong, setPerson } from './person';

/** A storage like the browser's: its entries are its own properties. */
function newStorage(): Record<string, string> {
  return Object.create({
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  });
}

const sessionStorage = newStorage();
const localStorage = newStorage();

beforeEach(() => vi.stubGlobal('window', { sessionStorage, localStorage }));
afterEach(() => {
  vi.unstubAllGlobals();
  setPerson(null);
});

test('people have keys of their own, also those of other modes with the same name', () => {
  const keys = [
    null,
    { mode: 'token', user: 'maya' },
    { mode: 'token', user: 'maya|x' },
    { mode: 'oidc', user: 'maya' },
  ].map((session) => {
    setPerson(session);
    return ownKey('planeboard.edit.1');
  });
  expect(new Set(keys).size).toBe(4);
  expect(keys[0]).toBe('planeboard.edit.1');
  setPerson({ mode: 'token', user: 'maya' });
  expect(ownKeysAmong(keys)).toEqual(['planeboard.edit.1']);
});

test("signing out removes a person's own entries and leaves those of others", () => {
  setPerson({ mode: 'token', user: 'noor' });
  const noorKey = ownKey('planeboard.connect');
  localStorage[noorKey] = 'x';
  setPerson({ mode: 'token', user: 'maya' });
  sessionStorage[ownKey('planeboard.registration')] = 'draft';
  localStorage[ownKey('planeboard.connect')] = 'x';
  clearOwnStorage();
  expect(Object.keys(sessionStorage)).toEqual([]);
  expect(Object.keys(localStorage)).toEqual([noorKey]);
});
