import { describe, expect, it } from 'vitest';
import { problemLabel } from './problem-label';

describe('problemLabel', () => {
  it.each([
    [['name'], 'Name'],
    [['displayName'], 'Display name'],
    [['spec', 'planeID'], 'Plane ID'],
    [['spec', 'gateway', 'publicVirtualHost'], 'Gateway / Public virtual host'],
    [['spec', 'imagePullSecretRefs', 0], 'Image pull secrets / 1'],
    [['credentials', 'clusterAgent.clientCA', 'text'], 'Cluster agent / CA that verifies the agent'],
    [
      ['credentials', 'clusterAgent.clientCA', 'name'],
      'Cluster agent / CA that verifies the agent, name of the Secret',
    ],
    [[], 'The plane as a whole'],
  ])('%j is called %j', (path, label) => {
    expect(problemLabel(path)).toBe(label);
  });
});
