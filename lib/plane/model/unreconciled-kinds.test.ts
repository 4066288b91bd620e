import { expect, test } from 'vitest';
import { kindOfName, type PlaneKindEntry } from './kinds';
import { isUnreconciled } from './unreconciled-kinds';

function kinds(...names: string[]): PlaneKindEntry[] {
  return names.flatMap((name) => kindOfName(name) ?? []);
}
const before = kinds('DataPlane', 'ClusterDataPlane', 'BuildPlane', 'ObservabilityPlane');
const after = kinds('DataPlane', 'ClusterDataPlane', 'BuildPlane', 'ClusterWorkflowPlane');

test('reports build planes as left over once workflow planes are served', () => {
  const [build, shared, data] = kinds('BuildPlane', 'ClusterBuildPlane', 'DataPlane');
  expect(build && isUnreconciled(build, before)).toBe(false);
  expect(build && isUnreconciled(build, after)).toBe(true);
  expect(shared && isUnreconciled(shared, after)).toBe(true);
  expect(data && isUnreconciled(data, after)).toBe(false);
});
