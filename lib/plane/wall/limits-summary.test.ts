import { expect, test } from 'vitest';
import { limitsSummary } from './limits-summary';

test.each([
  [{}, 'All planes'],
  [{ roles: ['data'] }, 'Planes with role data'],
  [{ kinds: ['DataPlane'] }, 'Planes of kind Data plane'],
  [{ namespaces: ['acme', 'globex', 'initech'] }, 'Planes in namespaces acme, globex and initech'],
  [
    { roles: ['data', 'build'], kinds: ['ClusterDataPlane', 'DataPlane'], namespaces: ['acme'] },
    'Planes with roles data and build, of kinds Cluster data plane and Data plane, in namespace acme',
  ],
  [{ roles: ['novel'], kinds: ['NovelPlane'] }, 'Planes with role novel, of kind NovelPlane'],
])('describes the limits %j', (limits, words) => {
  expect(limitsSummary({ kinds: [], roles: [], namespaces: [], ...limits })).toBe(words);
});
