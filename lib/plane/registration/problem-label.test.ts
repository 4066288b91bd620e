import { describe, expect, it } from 'vitest';
import { problemLabel } from './problem-label';

describe('problemLabel', () => {
  it.each([
    [['name'], 'Name'],
    [['displayName'], 'Display name'],
    [['spec', 'planeID'], 'Plane ID'],
    [['spec', 'gateway', 'publicVirtualHost'], 'Public virtual host'],
    [['spec', 'imagePullSecretRefs', 0], 'Image pull secrets / 1'],
    [['spec', 'gateway', 'ingress', 'external', 'https', 'port'], 'External ingress / HTTPS listener / Port'],
    [['spec', 'newThings', 1, 'maxBytes'], 'New things / 2 / Max bytes'],
    [['credentials', 'clusterAgent.clientCA', 'text'], 'Agent CA'],
    [['credentials', 'clusterAgent.clientCA', 'name'], 'Agent CA, Secret name'],
    [[], 'Plane'],
    [['spec'], 'Plane'],
  ])('labels %j as %j', (path, label) => {
    expect(problemLabel(path)).toBe(label);
  });
});
