import { expect, test } from 'vitest';
import { kindOfName, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { deletionRule, isUnreconciled } from './deletion-rule';

function kinds(...names: string[]): PlaneKindEntry[] {
  return names.flatMap((name) => kindOfName(name) ?? []);
}
const before = kinds('DataPlane', 'ClusterDataPlane', 'BuildPlane', 'ObservabilityPlane');
const after = kinds('DataPlane', 'ClusterDataPlane', 'BuildPlane', 'ClusterWorkflowPlane');

test.each([
  ['DataPlane', before, 'deletes-environments'],
  ['DataPlane', after, 'blocked-by-environments'],
  ['ClusterDataPlane', before, 'none'],
  ['ClusterDataPlane', after, 'none'],
  ['BuildPlane', before, 'none'],
] as const)('deletionRule of a %s (case %#)', (name, served, rule) => {
  const [entry] = kinds(name);
  expect(entry && deletionRule(entry, served)).toBe(rule);
});

test('reports build planes as left over once workflow planes are served', () => {
  const [build] = kinds('BuildPlane');
  const [data] = kinds('DataPlane');
  expect(build && isUnreconciled(build, before)).toBe(false);
  expect(build && isUnreconciled(build, after)).toBe(true);
  expect(data && isUnreconciled(data, after)).toBe(false);
});
