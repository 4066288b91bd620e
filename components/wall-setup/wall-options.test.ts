import { expect, test } from 'vitest';
import { everChosen, wallOptions } from './wall-options';

const NOTHING = { roles: [], kinds: [], namespaces: [], health: [] };
const PLURALS = ['dataplanes', 'clusterdataplanes', 'workflowplanes'];
const FACETS = { namespaces: [{ value: 'acme', planes: 2 }] };

test('offers what is installed, and namespaces that planes are in', () => {
  const { roles, kinds, namespaces, health } = wallOptions(PLURALS, FACETS, NOTHING);
  expect(roles.map(({ words }) => words)).toEqual(['Data', 'Workflow']);
  expect(kinds.map(({ words }) => words)).toEqual(['Data plane', 'Cluster data plane', 'Workflow plane']);
  expect(namespaces).toEqual([{ value: 'acme', words: 'acme', note: null }]);
  expect(health).toHaveLength(8);
});

test('keeps what is chosen and not there, with a word, so that it can be taken out', () => {
  const chosen = { roles: ['build', 'novel'], kinds: ['BuildPlane'], namespaces: ['gone'], health: ['fine'] };
  const options = wallOptions(PLURALS, FACETS, chosen);
  const noted = (list: typeof options.roles) => list.filter(({ note }) => note !== null);
  expect(noted(options.roles)).toEqual([
    { value: 'build', words: 'Build', note: 'not installed here' },
    { value: 'novel', words: 'novel', note: 'not installed here' },
  ]);
  expect(noted(options.kinds)).toEqual([
    { value: 'BuildPlane', words: 'Build plane', note: 'not installed here' },
  ]);
  expect(noted(options.namespaces)).toEqual([
    { value: 'gone', words: 'gone', note: 'no plane is there now' },
  ]);
  expect(options.health.at(-1)).toEqual({ value: 'fine', words: 'fine', note: null });
});

test('says nothing of namespaces before the fleet is known', () => {
  expect(wallOptions([], null, { ...NOTHING, namespaces: ['acme'] }).namespaces).toEqual([
    { value: 'acme', words: 'acme', note: null },
  ]);
});

test('remembers what was chosen before, and is the same while nothing new is', () => {
  const first = { ...NOTHING, namespaces: ['acme'] };
  const both = everChosen(first, { ...NOTHING, namespaces: ['globex'], roles: ['data'] });
  expect(both).toEqual({ ...NOTHING, namespaces: ['acme', 'globex'], roles: ['data'] });
  expect(everChosen(both, first)).toBe(both);
});
