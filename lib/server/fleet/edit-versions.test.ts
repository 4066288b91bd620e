import { describe, expect, test } from 'vitest';
import { type EditVersion, EditVersions, editVersionOf } from './edit-versions';

function raw(version: number, changes: Record<string, unknown> = {}): unknown {
  return { metadata: { uid: 'u1', resourceVersion: String(version), generation: 1, ...changes } };
}

function at(version: number, changes: Record<string, unknown> = {}): EditVersion {
  const read = editVersionOf(raw(version, changes));
  if (!read) throw new Error('The test resource is unreadable.');
  return read;
}

const theirs = { labels: { team: 'theirs' } };

describe('the key of an editable part', () => {
  test.each([
    [{ generation: 2 }, true],
    [theirs, true],
    [{ annotations: { note: 'x' } }, true],
    [{ deletionTimestamp: '2026-03-10T12:00:00Z' }, true],
    [{ annotations: { 'planeboard.openchoreo.dev/refreshed-at': '2026-03-10T12:00:00Z' } }, false],
    [{ finalizers: ['openchoreo.dev/dataplane-cleanup'] }, false],
    [{ managedFields: [{ manager: 'x' }] }, false],
  ])('after %j differs: %s', (changes, differs) => {
    expect(at(2, changes).key !== at(1).key).toBe(differs);
  });

  test("doesn't depend on the order of labels", () => {
    expect(at(1, { labels: { a: '1', b: '2' } }).key).toBe(at(1, { labels: { b: '2', a: '1' } }).key);
  });

  test.each([{}, { uid: 'u1' }, { uid: 'u1', resourceVersion: 'x', generation: 1 }])(
    "isn't known of %j",
    (metadata) => {
      expect(editVersionOf({ metadata })).toBeNull();
      expect(editVersionOf(null)).toBeNull();
    },
  );
});

describe('EditVersions', () => {
  test('knows that only the status changed, over any number of versions', () => {
    const versions = new EditVersions();
    versions.listed(at(10));
    for (let version = 11; version < 500; version += 3) versions.followed(at(version));
    expect(versions.isUnchangedSince(raw(499), '10')).toBe(true);
    expect(versions.isUnchangedSince(raw(499), '250')).toBe(true);
  });

  test.each(['9', '13', '', 'x', '10; drop', '-11', '99999999999999999999999'])(
    "knows nothing of the version %j, which it hasn't seen",
    (version) => {
      const versions = new EditVersions();
      versions.listed(at(10));
      versions.followed(at(12));
      expect(versions.isUnchangedSince(raw(12), version)).toBe(false);
    },
  );

  test('knows a change, also one that was reverted', () => {
    const versions = new EditVersions();
    versions.listed(at(10));
    versions.followed(at(11, theirs));
    expect(versions.isUnchangedSince(raw(11, theirs), '10')).toBe(false);
    expect(versions.isUnchangedSince(raw(11), '10')).toBe(false);
    versions.followed(at(12));
    expect(versions.isUnchangedSince(raw(12), '10')).toBe(false);
    expect(versions.isUnchangedSince(raw(12), '12')).toBe(true);
  });

  test('assumes nothing about versions between an interrupted watch and the next list', () => {
    const versions = new EditVersions();
    versions.listed(at(10));
    versions.listed(at(10));
    versions.followed(at(11));
    versions.listed(at(20));
    versions.followed(at(22));
    const known = ['10', '11', '12', '19', '20', '21', '22'];
    expect(known.filter((version) => versions.isUnchangedSince(raw(22), version))).toEqual([
      '10',
      '11',
      '20',
      '21',
      '22',
    ]);
    versions.listed(at(30, theirs));
    expect(known.some((version) => versions.isUnchangedSince(raw(30, theirs), version))).toBe(false);
  });

  test('remembers the last interruptions only', () => {
    const versions = new EditVersions();
    for (let version = 10; version < 1000; version += 10) versions.listed(at(version));
    expect(versions.isUnchangedSince(raw(990), '920')).toBe(true);
    expect(versions.isUnchangedSince(raw(990), '910')).toBe(false);
  });

  test('ignores an event that arrives again', () => {
    const versions = new EditVersions();
    versions.listed(at(10));
    versions.followed(at(11));
    versions.followed(at(10, theirs));
    expect(versions.isUnchangedSince(raw(11), '10')).toBe(true);
  });

  test('forgets a plane, and everything when the cluster is another one', () => {
    const versions = new EditVersions();
    versions.listed(at(10));
    versions.forget('u1');
    expect(versions.isUnchangedSince(raw(10), '10')).toBe(false);
    versions.listed(at(10));
    versions.clear();
    expect(versions.isUnchangedSince(raw(10), '10')).toBe(false);
  });
});
