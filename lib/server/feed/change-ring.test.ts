import { describe, expect, test } from 'vitest';
import { type ChangeSet, encodedPlane } from '@/lib/server/fleet/change-publisher';
import { gatewayFacts } from '@/testing/plane/gateway-facts';
import { ChangeRing } from './change-ring';

const sent = (uid: string) => ({ uid, plural: 'dataplanes', namespace: 'acme', name: uid });

function changes(revision: number, upserts: readonly string[], deletes: string[] = []): ChangeSet {
  return {
    revision,
    upserts: upserts.map((uid) => encodedPlane(sent(uid), { json: () => `${uid}${revision}` })),
    deletes: deletes.map(sent),
    derived: new Map(),
    apiServer: undefined,
    sources: undefined,
    incidents: undefined,
  };
}

/** A ring of a fleet in which each plane is as of the given revision. */
const ringAt = (now: number) =>
  new ChangeRing((uid, change) =>
    encodedPlane(
      sent(uid),
      { json: () => `${uid}${now}` },
      change === 'heartbeat' ? `beat ${uid}${now}` : undefined,
    ),
  );

describe('ChangeRing', () => {
  test('returns what was missed as one change set with the newest state of each plane', () => {
    const ring = ringAt(4);
    ring.push(changes(1, ['a', 'b']));
    ring.push(changes(2, ['a', 'c']));
    ring.push(changes(3, ['d'], ['b']));
    ring.push(changes(4, [], ['c']));
    const missed = ring.since(1, 4);
    expect(missed?.revision).toBe(4);
    expect(missed?.upserts.map((row) => row.json())).toEqual(['a4', 'd4']);
    expect(missed?.deletes.map((gone) => gone.uid)).toEqual(['b', 'c']);
  });

  test('returns the newest state of the control plane, if it changed', () => {
    const ring = ringAt(3);
    const [before, after] = [gatewayFacts(), gatewayFacts({ verified: false })].map((gateway) => ({
      gateway,
      findings: [],
    }));
    ring.push({ ...changes(1, []), controlPlane: before });
    ring.push({ ...changes(2, []), controlPlane: after });
    ring.push(changes(3, ['a']));
    expect(ring.since(0, 3)?.controlPlane).toBe(after);
    expect(ring.since(2, 3)?.controlPlane).toBeUndefined();
  });

  test('keeps a heartbeat compact unless a full change came before it', () => {
    const ring = ringAt(3);
    const beat = (revision: number, uid: string): ChangeSet => ({
      ...changes(revision, []),
      upserts: [encodedPlane(sent(uid), { json: () => '' }, 'beat')],
    });
    ring.push(changes(1, ['a']));
    ring.push(beat(2, 'a'));
    ring.push(beat(3, 'b'));
    const missed = ring.since(0, 3)?.upserts.map(({ json, heartbeatJson: only }) => [json(), only]);
    expect(missed).toEqual([
      ['a3', undefined],
      ['b3', 'beat b3'],
    ]);
    expect(ring.since(1, 3)?.upserts[0]?.heartbeatJson).toBe('beat a3');
  });

  test('includes a plane that was deleted and recreated', () => {
    const ring = ringAt(2);
    ring.push(changes(1, [], ['a']));
    ring.push(changes(2, ['a']));
    expect(ring.since(0, 2)).toMatchObject({ upserts: [{ uid: 'a' }], deletes: [] });
  });

  test('returns an empty change set for a reader that is up to date', () => {
    const ring = ringAt(1);
    ring.push(changes(1, ['a']));
    expect(ring.since(1, 1)).toMatchObject({ revision: 1, upserts: [], deletes: [] });
  });

  test('returns null for a revision from the future, or a negative one', () => {
    expect(ringAt(4).since(5, 4)).toBeNull();
    expect(ringAt(4).since(-1, 4)).toBeNull();
  });

  test('forgets the oldest changes, and returns null instead of a gap', () => {
    const ring = ringAt(40);
    const many = Array.from({ length: 5000 }, (_, index) => `plane-${index}`);
    for (let revision = 1; revision <= 40; revision += 1) ring.push(changes(revision, many));
    expect(ring.since(1, 40)).toBeNull();
    expect(ring.since(39, 40)?.upserts).toHaveLength(5000);
  });
});
