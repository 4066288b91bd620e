import { expect, test } from 'vitest';
import type { ApiServerState, SourceState } from '@/lib/plane/fleet/source-state';
import { everChosen, noNamespacesText, wallOptions } from './wall-options';

const NOTHING = { roles: [], kinds: [], namespaces: [], labels: [], health: [] };
const PLURALS = ['dataplanes', 'clusterdataplanes', 'workflowplanes'];
const FACETS = { namespaces: [{ value: 'acme', planes: 2 }] };

test('offers installed kinds and namespaces with planes', () => {
  const { roles, kinds, namespaces, health } = wallOptions(PLURALS, FACETS, true, NOTHING);
  expect(roles.map(({ label }) => label)).toEqual(['Data', 'Workflow']);
  expect(kinds.map(({ label }) => label)).toEqual(['Data plane', 'Cluster data plane', 'Workflow plane']);
  expect(namespaces).toEqual([{ value: 'acme', label: 'acme', note: null }]);
  expect(health).toHaveLength(8);
});

test("keeps chosen values that don't exist, with a note, so they can be removed", () => {
  const chosen = {
    roles: ['build', 'novel'],
    kinds: ['BuildPlane'],
    namespaces: ['gone'],
    labels: ['env=gone'],
    health: ['fine'],
  };
  const options = wallOptions(PLURALS, FACETS, true, chosen);
  const noted = (list: typeof options.roles) => list.filter(({ note }) => note !== null);
  expect(noted(options.roles)).toEqual([
    { value: 'build', label: 'Build', note: 'not installed' },
    { value: 'novel', label: 'novel', note: 'not installed' },
  ]);
  expect(noted(options.kinds)).toEqual([
    { value: 'BuildPlane', label: 'Build plane', note: 'not installed' },
  ]);
  expect(noted(options.namespaces)).toEqual([{ value: 'gone', label: 'gone', note: 'no planes now' }]);
  expect(options.health.at(-1)).toEqual({ value: 'fine', label: 'fine', note: null });
});

test.each([null, FACETS])('adds no notes to namespaces until all planes are known', (facets) => {
  const { namespaces } = wallOptions(PLURALS, facets, false, { ...NOTHING, namespaces: ['lab'] });
  expect(namespaces.at(-1)).toEqual({ value: 'lab', label: 'lab', note: null });
});

test('offers every kind and role until the installed kinds are known', () => {
  const { roles, kinds } = wallOptions(null, null, false, { ...NOTHING, roles: ['build'] });
  expect(roles.map(({ label, note }) => [label, note])).toEqual([
    ['Data', null],
    ['Build', null],
    ['Workflow', null],
    ['Observability', null],
  ]);
  expect(kinds).toHaveLength(8);
});

test('remembers earlier choices, and returns the same object while nothing is new', () => {
  const first = { ...NOTHING, namespaces: ['acme'] };
  const both = everChosen(first, { ...NOTHING, namespaces: ['globex'], roles: ['data'] });
  expect(both).toEqual({ ...NOTHING, namespaces: ['acme', 'globex'], roles: ['data'] });
  expect(everChosen(both, first)).toBe(both);
});

test.each<[string, ApiServerState, SourceState[], number | null]>([
  ['Loading planes…', 'reachable', ['live'], null],
  ['Loading planes…', 'reachable', ['live', 'syncing'], 0],
  ['No namespaced planes yet.', 'reachable', ['live', 'live'], 3],
  ['None of the planes you can see has a namespace.', 'reachable', ['live', 'forbidden'], 3],
  ['None of the planes you can see has a namespace.', 'unreachable', ['lost'], 3],
  ['No visible planes.', 'reachable', ['live', 'forbidden'], 0],
  ["You can't list planes.", 'reachable', ['forbidden'], 0],
  ["The API server can't be read.", 'unreachable', [], 0],
  ["OpenChoreo isn't installed.", 'none-installed', [], 0],
])(
  'says "%s" instead of namespaces if the API server is %s and the kinds are %j',
  (text, state, states, planes) => {
    const sources = states.map((one) => ({ state: one }));
    expect(noNamespacesText({ state }, sources, planes)).toBe(text);
  },
);
