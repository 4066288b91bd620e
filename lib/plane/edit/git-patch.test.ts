import { describe, expect, test } from 'vitest';
import { gitPatch } from './git-patch';

const NAME = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', namespace: 'acme', name: 'prod' };

describe('a change for git', () => {
  test('has the shape of the resource, and only what is changed', () => {
    const patch = gitPatch(NAME, {
      annotations: { 'openchoreo.dev/display-name': 'Production' },
      spec: { gateway: { port: 8443 } },
    });
    expect(patch.manifest).toEqual({
      apiVersion: NAME.apiVersion,
      kind: 'DataPlane',
      metadata: {
        name: 'prod',
        namespace: 'acme',
        annotations: { 'openchoreo.dev/display-name': 'Production' },
      },
      spec: { gateway: { port: 8443 } },
    });
  });

  test('says what is taken away, which a manifest cannot', () => {
    const patch = gitPatch(NAME, { labels: { old: null }, spec: { gateway: { port: null } } });
    expect(patch.removed).toEqual([
      ['metadata', 'labels', 'old'],
      ['spec', 'gateway', 'port'],
    ]);
    expect(patch.manifest).toEqual({
      apiVersion: NAME.apiVersion,
      kind: 'DataPlane',
      metadata: { name: 'prod', namespace: 'acme' },
    });
  });

  test('has no secret in it', () => {
    const patch = gitPatch(NAME, { spec: { registry: { password: 'canary' }, ca: { value: 'canary' } } });
    expect(JSON.stringify(patch)).not.toContain('canary');
    expect(JSON.stringify(patch)).toContain('<not shown: put the secret here>');
  });
});
