import { describe, expect, test } from 'vitest';
import {
  type ApiServerState,
  areAllPlanesKnown,
  isKindListed,
  isSourceFailing,
  type NoPlanesReason,
  noPlanesReason,
  nothingReadTitle,
  type SourceState,
  watchesOf,
  watchOf,
} from './source-state';

test.each<[NoPlanesReason, SourceState[]]>([
  ['none', ['live', 'live']],
  ['none-visible', ['live', 'forbidden']],
  ['reading', ['live', 'syncing']],
  ['reading', ['live', 'lost']],
  ['reading', ['forbidden', 'syncing']],
  ['forbidden', ['forbidden', 'forbidden']],
  ['kinds-unknown', []],
])('returns "%s" for kinds that are %o', (reason, states) => {
  const sources = states.map((state) => ({ state }));
  expect(noPlanesReason({ state: 'reachable' }, sources)).toBe(reason);
});

test("doesn't say that there is no plane of a kind that is only partly visible", () => {
  const sources = [{ plural: 'dataplanes', state: 'live', lastContactAt: null, partial: true }] as const;
  expect(noPlanesReason({ state: 'reachable' }, sources)).toBe('none-visible');
  expect(areAllPlanesKnown({ state: 'reachable' }, sources)).toBe(false);
  expect(isKindListed({ plural: 'dataplanes' }, { apiServer: { state: 'reachable' }, sources })).toBe(false);
});

test.each<[ApiServerState]>([['unreachable'], ['unauthorized'], ['connecting'], ['none-installed']])(
  'an API server that is %s takes precedence over any kind',
  (state) => {
    expect(noPlanesReason({ state }, [{ state: 'live' }])).toBe(state);
  },
);

test.each<[string | null, ApiServerState, SourceState[]]>([
  [null, 'reachable', ['live', 'live']],
  ["The API server can't be read", 'unreachable', []],
  ['Checking which plane kinds are installed…', 'reachable', []],
  ["You can't list planes", 'reachable', ['forbidden', 'forbidden']],
  [null, 'reachable', ['live', 'lost']],
])('says %j about what can be read, if the API server is %s and the kinds are %j', (title, state, states) => {
  const sources = states.map((one) => ({ state: one }));
  expect(nothingReadTitle({ state }, sources)).toBe(title);
});

test.each<[boolean, ApiServerState, SourceState[]]>([
  [true, 'reachable', ['live', 'live']],
  [true, 'none-installed', []],
  [false, 'reachable', ['live', 'forbidden']],
  [false, 'reachable', ['live', 'syncing']],
  [false, 'reachable', []],
  [false, 'unreachable', ['live']],
  [false, 'unauthorized', []],
  [false, 'connecting', []],
])('all planes are known: %s, if the API server is %s and the kinds are %j', (known, state, states) => {
  const sources = states.map((one) => ({ state: one }));
  expect(areAllPlanesKnown({ state }, sources)).toBe(known);
});

const source = (plural: string, state: SourceState) => ({ plural, state, lastContactAt: null });

test.each<[string, boolean, ApiServerState, ReturnType<typeof source>[]]>([
  ['is live', true, 'reachable', [source('dataplanes', 'live')]],
  ['is being read', false, 'reachable', [source('dataplanes', 'syncing')]],
  ['is lost', false, 'reachable', [source('dataplanes', 'lost')]],
  ['is forbidden', false, 'reachable', [source('dataplanes', 'forbidden')]],
  ['is not installed while others are', true, 'reachable', [source('buildplanes', 'live')]],
  ['is not installed and no other is', true, 'none-installed', []],
  ['may be installed because the server has just started', false, 'connecting', []],
  ["may be installed because the kinds aren't known yet", false, 'reachable', []],
  ['may be installed because the API server is unreachable', false, 'unreachable', []],
])('a kind that %s counts as listed: %s', (_, listed, state, sources) => {
  expect(isKindListed({ plural: 'dataplanes' }, { apiServer: { state }, sources })).toBe(listed);
});

test.each<[boolean, { state: SourceState; problem?: string }]>([
  [true, source('dataplanes', 'lost')],
  [true, { ...source('dataplanes', 'syncing'), problem: 'The API server failed.' }],
  [false, source('dataplanes', 'syncing')],
  [false, source('dataplanes', 'live')],
  [false, { ...source('dataplanes', 'forbidden'), problem: 'Listing is refused.' }],
])('isSourceFailing is %s for %o', (failing, item) => {
  expect(isSourceFailing(item)).toBe(failing);
});

describe('a kind that is watched in two namespaces', () => {
  const part = (namespace: string, state: SourceState) => ({ namespace, state, lastContactAt: null });
  const sources = [
    {
      ...source('dataplanes', 'live'),
      partial: true as const,
      namespaces: [part('acme', 'live'), part('beta', 'lost')],
    },
    source('clusterdataplanes', 'live'),
  ];
  const isListed = (namespace: string) =>
    isKindListed({ plural: 'dataplanes', namespace }, { apiServer: { state: 'reachable' }, sources });

  test('is known where its watch is live, and nowhere else', () => {
    expect(['acme', 'beta', 'gamma'].map(isListed)).toEqual([true, false, false]);
  });

  test('has a state of its own in each namespace', () => {
    const stateIn = (namespace: string) => watchOf(sources, { plural: 'dataplanes', namespace })?.state;
    expect(['acme', 'beta', 'gamma'].map(stateIn)).toEqual(['live', 'lost', 'forbidden']);
    expect(watchOf(sources, { plural: 'buildplanes' })).toBeUndefined();
    expect(watchesOf(sources).map(({ plural, namespace }) => [plural, namespace])).toEqual([
      ['dataplanes', 'acme'],
      ['dataplanes', 'beta'],
      ['clusterdataplanes', undefined],
    ]);
  });
});
