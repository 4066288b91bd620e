import { expect, test } from 'vitest';
import { kindOfName, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { deletionRule } from './deletion-rule';

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
