import { expect, test } from 'vitest';
import { everChosen, wallOptions } from './wall-options';

const NOTHING = { roles: [], kinds: [], namespaces: [], health: [] };
const PLURALS = ['dataplanes', 'clusterdataplanes', 'workflowplanes'];
const FACETS = { namespaces: [{ value: 'acme', planes: 2 }] };

test('offers installed kinds and namespaces with planes', () => {
  const { roles, kinds, namespaces, health } = wallOptions(PLURALS, FACETS, NOTHING);
  expect(roles.map(({ label }) => label)).toEqual(['Data', 'Workflow']);
  expect(kinds.map(({ label }) => label)).toEqual(['Data plane', 'Cluster data plane', 'Workflow plane']);
  expect(namespaces).toEqual([{ value: 'acme', label: 'acme', note: null }]);
  expect(health).toHaveLength(8);
});

test("keeps chosen values that don't exist, with a note, so they can be removed", () => {
  const chosen = { roles: ['build', 'novel'], kinds: ['BuildPlane'], namespaces: ['gone'], health: ['fine'] };
  const options = wallOptions(PLURALS, FACETS, chosen);
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

test('adds no notes to namespaces before the fleet is known', () => {
  expect(wallOptions([], null, { ...NOTHING, namespaces: ['acme'] }).namespaces).toEqual([
    { value: 'acme', label: 'acme', note: null },
  ]);
});

test('remembers earlier choices, and returns the same object while nothing is new', () => {
  const first = { ...NOTHING, namespaces: ['acme'] };
  const both = everChosen(first, { ...NOTHING, namespaces: ['globex'], roles: ['data'] });
  expect(both).toEqual({ ...NOTHING, namespaces: ['acme', 'globex'], roles: ['data'] });
  expect(everChosen(both, first)).toBe(both);
});
