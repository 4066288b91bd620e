import { expect, test } from 'vitest';
import { limitsSummary } from './limits-summary';

test.each([
  [{}, 'All planes'],
  [{ roles: ['data'] }, 'Planes of the role data'],
  [{ kinds: ['DataPlane'] }, 'Planes of the kind Data plane'],
  [{ namespaces: ['acme', 'globex', 'initech'] }, 'Planes in the namespaces acme, globex and initech'],
  [
    { roles: ['data', 'build'], kinds: ['ClusterDataPlane', 'DataPlane'], namespaces: ['acme'] },
    'Planes of the roles data and build, of the kinds Cluster data plane and Data plane, in the namespace acme',
  ],
  [{ roles: ['novel'], kinds: ['NovelPlane'] }, 'Planes of the role novel, of the kind NovelPlane'],
])('describes the limits %j', (limits, words) => {
  expect(limitsSummary({ kinds: [], roles: [], namespaces: [], ...limits })).toBe(words);
});
