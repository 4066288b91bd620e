import { describe, expect, it } from 'vitest';
import { attentionText, problemLabel } from './problem-label';

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

describe('attentionText', () => {
  const error = (path: readonly string[]) => ({ path, severity: 'error' as const, message: 'No.' });

  it.each([
    [[['name']], '1 field needs attention'],
    [[['name'], ['name'], ['namespace']], '2 fields need attention'],
    [[[]], '1 problem needs attention'],
    [[['name'], []], '2 problems need attention'],
  ])('counts %j as %j', (paths, text) => {
    expect(attentionText(paths.map(error))).toBe(text);
  });
});
