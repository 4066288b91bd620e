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

  it("has no change that the plane's own record of a replacement shows", () => {
    read('A');
    const own = [{ after: ['B'] }];
    expect(read('B', own)).toBeNull();
    const other = read('C', own);
    expect(other).toMatchObject({ what: 'changed' });
    expect(read('B', own)).toMatchObject({ takesBack: other?.id });
    expect(read('A', [{ after: ['A'], restored: true }])).toBeNull();
  });

  it('is set back when a replacement is undone', () => {
    read('A');
    read('B', [{ after: ['B'] }]);
    expect(read('A')).toMatchObject({ takesBack: expect.any(String) });
  });

  it('that holds a token or a key changes only when that is gone', () => {
    read({ fact: { state: 'present' } });
    expect(read({ fact: { state: 'mismatched' } })).toBeNull();
    const removed = read({ fact: { state: 'secret-missing', secret: 'acme/ca' } });
    expect(removed).toMatchObject({ what: 'removed' });
    expect(read({ fact: { state: 'present' } })).toMatchObject({ takesBack: removed?.id });
  });
});
