import { beforeEach, describe, expect, it } from 'vitest';
import { type Replacement, SecretChanges, type SecretReading } from './secret-changes';

const PLACE = { secret: 'acme/ca', key: 'ca.crt', slot: 'agent-ca' };
const NOW_MS = Date.UTC(2026, 2, 10);

/** A reading of certificates, named by single letters; an expired one is in lower case. */
function reading(names: string): SecretReading {
  const certificates = [...names].map((name) => ({
    fingerprint: name.toUpperCase(),
    notAfterMs: NOW_MS + (name === name.toUpperCase() ? 1000 : -1000),
  }));
  if (certificates.length === 0) return { fact: { state: 'unparsable', problem: 'no.' }, certificates };
  const dates = { notBefore: '', notAfter: '', subject: '', selfSignedLeaf: false, count: names.length };
  return { fact: { state: 'parsed', ...dates }, certificates };
}

/** A reading of a token. */
function token(mark: string): SecretReading {
  return { fact: { state: 'present' }, mark };
}

function replacement(over: Partial<Replacement>): Replacement {
  return { id: 'replacement-1', places: [], after: [], ...over };
}

let changes: SecretChanges;
let monotonicMs: number;

beforeEach(() => {
  changes = new SecretChanges();
  monotonicMs = 0;
});

function read(one: SecretReading | string, own: readonly Replacement[] = []) {
  monotonicMs += 60_000;
  const given = typeof one === 'string' ? reading(one) : one;
  return changes.read(PLACE, given, own, { nowMs: NOW_MS, monotonicMs });
}

describe('a Secret', () => {
  it('has no change when it is first read, and while it stays the same', () => {
    expect(read('A')).toBeNull();
    expect(read('A')).toBeNull();
  });

  it('changes when a certificate in it is replaced, some time since it was read before', () => {
    read('A');
    expect(read('B')).toMatchObject({ ...PLACE, what: 'changed', earlierMs: 60_000 });
  });

  it.each([
    ['deleted', 'removed', { fact: { state: 'secret-missing', secret: 'acme/ca' } }],
    ['without its key', 'removed', { fact: { state: 'key-missing', secret: 'acme/ca', key: 'ca.crt' } }],
    ['with an empty key', 'changed', { fact: { state: 'unparsable', problem: 'it is empty.' } }],
    ['with text that is no certificate', 'changed', reading('')],
  ] as [string, string, SecretReading][])('changes when it is %s', (_, what, gone) => {
    read('A');
    expect(read(gone)).toMatchObject({ what });
    expect(read(gone)).toBeNull();
  });

  it.each([
    ['an added certificate', 'A', 'AB'],
    ['a removed certificate that has expired', 'aB', 'B'],
    ['another order', 'AB', 'BA'],
  ])("doesn't change by %s", (_, before, after) => {
    read(before);
    expect(read(after)).toBeNull();
  });

  it('is set back when its certificates return, whatever it held in between', () => {
    read('A');
    const first = read('B');
    read('C');
    expect(read('A')).toMatchObject({ what: 'changed', takesBack: first?.id });
    expect(read('B')).not.toHaveProperty('takesBack');
  });

  it('is set back when it is created again with the same certificate, and changed with another one', () => {
    read('A');
    const removed = read('');
    expect(read('B')).toMatchObject({ what: 'changed' });
    expect(read('A')).toMatchObject({ takesBack: removed?.id });
  });

  it("isn't compared while it can't be read", () => {
    read('A');
    expect(read({ fact: { state: 'not-checked' } })).toBeNull();
    expect(read('B')).toMatchObject({ earlierMs: 120_000 });
  });

  it("knows a change that the plane's own record of a replacement shows", () => {
    read('A');
    const own = [replacement({ after: ['B'] })];
    expect(read('B', own)).toMatchObject({ isOwn: true });
    const other = read('C', own);
    expect(other).toMatchObject({ what: 'changed', isOwn: false });
    expect(read('B', own)).toMatchObject({ takesBack: other?.id, isOwn: false });
    expect(read('A', [replacement({ after: ['A'], restored: true })])).toMatchObject({ isOwn: true });
  });

  it('is set back when a replacement is undone', () => {
    read('A');
    const own = read('B', [replacement({ after: ['B'] })]);
    expect(read('A')).toMatchObject({ takesBack: own?.id, isOwn: false });
  });

  it('that holds a token or a key changes when that is replaced, and is set back when it returns', () => {
    read(token('1'));
    expect(read(token('1'))).toBeNull();
    const changed = read(token('2'));
    expect(changed).toMatchObject({ what: 'changed' });
    expect(changed).not.toHaveProperty('takesBack');
    expect(read(token('1'))).toMatchObject({ takesBack: changed?.id });
  });

  it('that lost its token is changed by another one, and set back by the same', () => {
    read(token('1'));
    const removed = read({ fact: { state: 'secret-missing', secret: 'acme/ca' } });
    expect(removed).toMatchObject({ what: 'removed' });
    const other = read(token('2'));
    expect(other).toMatchObject({ what: 'changed' });
    expect(other).not.toHaveProperty('takesBack');
    expect(read(token('1'))).toMatchObject({ takesBack: removed?.id });
  });

  it("knows of a token's changes only the first after a replacement as that of the replacement", () => {
    const own = [replacement({ places: [{ namespace: 'acme', name: 'ca', key: 'ca.crt' }] })];
    read(token('1'));
    read(token('1'), own);
    expect(read(token('2'), own)).toMatchObject({ isOwn: true });
    expect(read(token('3'), own)).toMatchObject({ isOwn: false });
    const elsewhere = [replacement({ places: [{ namespace: 'acme', name: 'ca', key: 'other' }] })];
    expect(read(token('4'), elsewhere)).toMatchObject({ isOwn: false });
  });
});
