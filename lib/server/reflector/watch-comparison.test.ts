import { beforeEach, describe, expect, test } from 'vitest';
import { type ObjectVersion, WatchComparison } from './watch-comparison';

let nowMs: number;
let comparison: WatchComparison;

beforeEach(() => {
  nowMs = 0;
  comparison = new WatchComparison(() => nowMs);
});

const object = (name: string, resourceVersion = '1', uid = name): ObjectVersion => ({
  uid,
  key: `acme/${name}`,
  resourceVersion,
});

/** Compares the whole list at once, read just now. */
function compareAll(...items: ObjectVersion[]): boolean {
  comparison.beginPage();
  nowMs += 1;
  return comparison.compare({ items, after: null, upTo: null });
}

function replace(...objects: ObjectVersion[]): void {
  comparison.replace(objects);
  nowMs += 1;
}

describe('a page agrees', () => {
  test('if every version is the same', () => {
    replace(object('a'), object('b', '7'));
    expect(compareAll(object('a'), object('b', '7'))).toBe(true);
    expect(comparison.differsSinceMs).toBeNull();
  });

  test('if both are empty', () => {
    expect(compareAll()).toBe(true);
  });

  test('about objects that the watch delivered while the page was read', () => {
    replace(object('changed'), object('deleted'));
    comparison.beginPage();
    nowMs += 1;
    comparison.set(object('changed', '2'));
    comparison.set(object('new'));
    comparison.remove('deleted');
    const items = [object('changed'), object('deleted')];
    expect(comparison.compare({ items, after: null, upTo: null })).toBe(true);
  });

  test('about objects outside its part of the list', () => {
    replace(object('a'), object('b'), object('c'));
    comparison.beginPage();
    expect(comparison.compare({ items: [object('a')], after: null, upTo: 'acme/a' })).toBe(true);
    expect(comparison.compare({ items: [object('b')], after: 'acme/a', upTo: 'acme/b' })).toBe(true);
    expect(comparison.compare({ items: [object('c')], after: 'acme/b', upTo: null })).toBe(true);
  });

  test('whatever the order of versions, which are opaque', () => {
    replace(object('a', '9'));
    expect(compareAll(object('a', '10'))).toBe(false);
    replace(object('a', '10'));
    expect(compareAll(object('a', '9'))).toBe(false);
  });
});

describe('a page differs', () => {
  test.each([
    ['a changed object', [object('a', '2'), object('b')]],
    ['a new object', [object('a'), object('b'), object('c')]],
    ['a deleted object', [object('b')]],
    ['an object recreated under its name', [object('a', '9', 'another'), object('b')]],
  ])('by %s that the watch misses', (_, items) => {
    replace(object('a'), object('b'));
    expect(compareAll(...items)).toBe(false);
    const sinceMs = nowMs;
    nowMs += 5000;
    expect(comparison.differsSinceMs).toBe(sinceMs);
  });

  test('by an object that is missing in the middle of the list, but not by one of another page', () => {
    replace(object('a'), object('b'), object('c'));
    comparison.beginPage();
    nowMs += 1;
    expect(comparison.compare({ items: [object('a')], after: null, upTo: 'acme/a' })).toBe(true);
    expect(comparison.compare({ items: [object('c')], after: 'acme/a', upTo: null })).toBe(false);
  });

  test('by the oldest difference that is left', () => {
    replace(object('a'), object('b'));
    compareAll(object('a', '2'), object('b'));
    nowMs += 1000;
    compareAll(object('a', '2'), object('b', '2'));
    const laterMs = nowMs;
    comparison.set(object('a', '2'));
    expect(comparison.differsSinceMs).toBe(laterMs);
  });

  test('and a later page that agrees about everything else proves nothing', () => {
    replace(object('a'), object('b'));
    comparison.beginPage();
    nowMs += 1;
    expect(comparison.compare({ items: [object('a', '2')], after: null, upTo: 'acme/a' })).toBe(false);
    expect(comparison.compare({ items: [object('b')], after: 'acme/a', upTo: null })).toBe(false);
  });
});

describe('a difference is settled', () => {
  test.each([
    ['the same version', () => comparison.set(object('a', '2'))],
    ['a newer one, as of a plane that is written all the time', () => comparison.set(object('a', '3'))],
    ['its deletion', () => comparison.remove('a')],
  ])('when the watch delivers %s', (_, deliver) => {
    replace(object('a'));
    expect(compareAll(object('a', '2'))).toBe(false);
    nowMs += 4999;
    deliver();
    expect(comparison.differsSinceMs).toBeNull();
  });

  test('when the watch delivers an object and its deletion at once', () => {
    replace(object('a'));
    expect(compareAll(object('a'), object('new'))).toBe(false);
    comparison.set(object('new'));
    comparison.remove('new');
    expect(comparison.differsSinceMs).toBeNull();
  });

  test('by a new list', () => {
    replace(object('a'));
    compareAll(object('a', '2'));
    replace(object('a', '2'));
    expect(comparison.differsSinceMs).toBeNull();
    expect(compareAll(object('a', '2'))).toBe(true);
  });

  test('by an event about another object not at all', () => {
    replace(object('a'), object('b'));
    compareAll(object('a', '2'), object('b'));
    comparison.set(object('b', '2'));
    expect(comparison.differsSinceMs).not.toBeNull();
  });
});

describe('a broken watch that is open again', () => {
  test('gets the time to deliver what it missed', () => {
    replace(object('a'));
    compareAll(object('a', '2'));
    nowMs += 60_000;
    comparison.reopened();
    expect(comparison.differsSinceMs).toBe(nowMs);
    comparison.set(object('a', '2'));
    expect(comparison.differsSinceMs).toBeNull();
  });

  test('gets it only once, however often it breaks', () => {
    replace(object('a'), object('b'));
    compareAll(object('b'));
    nowMs += 1000;
    comparison.reopened();
    const onceMs = nowMs;
    for (let times = 0; times < 5; times += 1) {
      nowMs += 4000;
      // Everything else is delivered, so only the deletion of `a` is missing.
      comparison.set(object('b', String(nowMs)));
      compareAll(object('b', String(nowMs)));
      comparison.reopened();
    }
    expect(comparison.differsSinceMs).toBe(onceMs);
  });
});
