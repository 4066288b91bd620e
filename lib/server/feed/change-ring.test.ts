import { describe, expect, test } from 'vitest';
import type { ChangeSet } from '@/lib/server/fleet/change-publisher';
import { gatewayFacts } from '@/testing/plane/gateway-facts';
import { ChangeRing } from './change-ring';

const sent = (uid: string) => ({ uid, plural: 'dataplanes', namespace: 'acme', name: uid });

function changes(revision: number, upserts: Record<string, string>, deletes: string[] = []): ChangeSet {
  return {
    revision,
    upserts: Object.entries(upserts).map(([uid, json]) => ({
      ...sent(uid),
      json,
      heartbeatJson: undefined,
    })),
    deletes: deletes.map(sent),
    derived: new Map(),
    apiServer: undefined,
    sources: undefined,
    incidents: undefined,
  };
}

describe('ChangeRing', () => {
  test('returns what was missed as one change set with the newest state of each plane', () => {
    const ring = new ChangeRing();
    ring.push(changes(1, { a: 'a1', b: 'b1' }));
    ring.push(changes(2, { a: 'a2', c: 'c2' }));
    ring.push(changes(3, { d: 'd3' }, ['b']));
    ring.push(changes(4, {}, ['c']));
    const missed = ring.since(1, 4);
    expect(missed?.revision).toBe(4);
    expect(missed?.upserts.map((row) => row.json)).toEqual(['a2', 'd3']);
    expect(missed?.deletes.map((gone) => gone.uid)).toEqual(['b', 'c']);
  });

  test('returns the newest state of the control plane, if it changed', () => {
    const ring = new ChangeRing();
    const [before, after] = [gatewayFacts(), gatewayFacts({ verified: false })].map((gateway) => ({
      gateway,
      findings: [],
    }));
    ring.push({ ...changes(1, {}), controlPlane: before });
    ring.push({ ...changes(2, {}), controlPlane: after });
    ring.push(changes(3, { a: 'a3' }));
    expect(ring.since(0, 3)?.controlPlane).toBe(after);
    expect(ring.since(2, 3)?.controlPlane).toBeUndefined();
  });

  test('keeps a heartbeat compact unless a full change came before it', () => {
    const ring = new ChangeRing();
    const beat = (revision: number, uid: string): ChangeSet => ({
      ...changes(revision, {}),
      upserts: [{ ...sent(uid), json: `${uid}${revision}`, heartbeatJson: `beat ${uid}${revision}` }],
    });
    ring.push(changes(1, { a: 'a1' }));
    ring.push(beat(2, 'a'));
    ring.push(beat(3, 'b'));
    const missed = ring.since(0, 3)?.upserts.map(({ json, heartbeatJson: only }) => [json, only]);
    expect(missed).toEqual([
      ['a2', undefined],
      ['b3', 'beat b3'],
    ]);
    expect(ring.since(1, 3)?.upserts[0]?.heartbeatJson).toBe('beat a2');
  });

  test('includes a plane that was deleted and recreated', () => {
    const ring = new ChangeRing();
    ring.push(changes(1, {}, ['a']));
    ring.push(changes(2, { a: 'again' }));
    expect(ring.since(0, 2)).toMatchObject({ upserts: [{ json: 'again' }], deletes: [] });
  });

  test('returns an empty change set for a reader that is up to date', () => {
    const ring = new ChangeRing();
    ring.push(changes(1, { a: 'a1' }));
    expect(ring.since(1, 1)).toMatchObject({ revision: 1, upserts: [], deletes: [] });
  });

  test('returns null for a revision from the future, or a negative one', () => {
    expect(new ChangeRing().since(5, 4)).toBeNull();
    expect(new ChangeRing().since(-1, 4)).toBeNull();
  });

  test('forgets the oldest changes, and returns null instead of a gap', () => {
    const ring = new ChangeRing();
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let revision = 1; revision <= 40; revision += 1) ring.push(changes(revision, { a: megabyte }));
    expect(ring.since(1, 40)).toBeNull();
    expect(ring.since(39, 40)?.upserts).toHaveLength(1);
  });
});
