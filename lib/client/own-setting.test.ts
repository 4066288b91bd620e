import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setPerson } from '@/lib/client/session/person';
import { OwnSetting } from './own-setting';

let stored: Map<string, string>;
let isFull: boolean;

beforeEach(() => {
  stored = new Map();
  isFull = false;
  vi.stubGlobal('window', {
    addEventListener: () => {},
    removeEventListener: () => {},
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (isFull) throw new DOMException('full', 'QuotaExceededError');
        stored.set(key, value);
      },
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  setPerson(null);
});

const newSetting = () =>
  new OwnSetting<readonly number[]>('planeboard.test', [], (value) =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [],
  );

test('a value is read again by another page, and is the same object until it changes', () => {
  const setting = newSetting();
  const listener = vi.fn();
  setting.subscribe(listener);
  setting.store([1, 2]);
  expect(listener).toHaveBeenCalledOnce();
  expect(newSetting().read()).toEqual([1, 2]);
  expect(setting.read()).toBe(setting.read());
  stored.set('planeboard.test', '[3]');
  expect(setting.read()).toEqual([3]);
});

test.each(['no JSON', 'null', '{"a":1}', '"text"'])('what nobody stored is dropped: %s', (text) => {
  stored.set('planeboard.test', text);
  expect(newSetting().read()).toEqual([]);
});

test('a value that the browser refuses to store lasts as long as the page', () => {
  const setting = newSetting();
  setting.store([1]);
  isFull = true;
  setting.store([1, 2]);
  expect(setting.read()).toEqual([1, 2]);
  expect(newSetting().read()).toEqual([1]);
  isFull = false;
  setting.store([4]);
  expect(newSetting().read()).toEqual([4]);
});

test('people at one browser have a value each', () => {
  const setting = newSetting();
  setPerson({ mode: 'token', user: 'maya' });
  setting.store([1]);
  setPerson({ mode: 'token', user: 'noor' });
  expect(setting.read()).toEqual([]);
});
