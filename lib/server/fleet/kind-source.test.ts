import { describe, expect, test } from 'vitest';
import type { NamespaceSource, Source } from '@/lib/api/fleet';
import type { KindReach } from '@/lib/server/rights/view';
import { joinedSource, seenSource } from './kind-source';

const EARLIER = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-01T00:01:00.000Z';

function part(
  namespace: string,
  state: Source['state'],
  rest: Partial<NamespaceSource> = {},
): NamespaceSource {
  return { namespace, state, lastContactAt: LATER, ...rest };
}

describe('the source of a kind that is watched in some namespaces', () => {
  test.each<[Source['state'], Source['state'][]]>([
    ['live', ['live', 'live']],
    ['lost', ['live', 'lost', 'syncing']],
    ['syncing', ['live', 'syncing']],
    ['live', ['live', 'forbidden']],
    ['lost', ['forbidden', 'lost']],
    ['forbidden', ['forbidden', 'forbidden']],
  ])('is %s when they are %j', (state, states) => {
    const parts = states.map((one, index) => part(`team-${index}`, one));
    expect(joinedSource('dataplanes', parts)).toMatchObject({ state, partial: true, namespaces: parts });
  });

  test('is as old as the oldest that can be read', () => {
    const old = part('acme', 'live', { lastContactAt: EARLIER });
    const hidden = part('gamma', 'forbidden', { lastContactAt: null });
    expect(joinedSource('dataplanes', [part('beta', 'live'), old, hidden]).lastContactAt).toBe(EARLIER);
    const unread = part('delta', 'syncing', { lastContactAt: null });
    expect(joinedSource('dataplanes', [old, unread]).lastContactAt).toBeNull();
  });

  test('names the namespaces of a problem, unless it concerns all', () => {
    const lost = (namespace: string) => part(namespace, 'lost', { problem: 'The watch broke.' });
    const problemOf = (parts: NamespaceSource[]) => joinedSource('dataplanes', parts).problem;
    expect(problemOf([lost('acme'), lost('beta')])).toBe('The watch broke.');
    expect(problemOf([lost('acme'), part('beta', 'lost')])).toBe('In namespace acme: The watch broke.');
    expect(problemOf([part('acme', 'live'), part('beta', 'forbidden', { problem: 'No.' })])).toBeUndefined();
  });
});

describe('a view', () => {
  const source = joinedSource('dataplanes', [
    part('acme', 'live'),
    part('beta', 'lost', { problem: 'The watch broke.' }),
  ]);
  const seen = (reach: Record<string, KindReach>, of = source) =>
    seenSource(of, { reachOf: (_, namespace) => reach[namespace ?? ''] ?? 'none' });

  test('has no part in namespaces that it does not reach', () => {
    const only = seen({ '': 'some', acme: 'all' });
    expect(only).toEqual(joinedSource('dataplanes', [part('acme', 'live')]));
    expect(JSON.stringify(only)).not.toMatch(/beta|broke/);
  });

  test('is partial where it reaches only some planes of a namespace', () => {
    expect(seen({ '': 'some', acme: 'some' }).namespaces).toEqual([part('acme', 'live', { partial: true })]);
  });

  test('of no namespace that is watched is told nothing', () => {
    const nothing = { plural: 'dataplanes', state: 'forbidden', lastContactAt: null };
    expect(seen({ '': 'some', gamma: 'all' })).toEqual(nothing);
    expect(seen({})).toEqual(nothing);
  });

  test('of everything has the source itself', () => {
    expect(seen({ '': 'all' })).toBe(source);
  });

  test('of some planes of a kind that is watched as a whole is partial', () => {
    const whole: Source = { plural: 'dataplanes', state: 'live', lastContactAt: LATER };
    expect(seen({ '': 'some' }, whole)).toEqual({ ...whole, partial: true });
  });
});
