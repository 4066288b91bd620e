import { describe, expect, test } from 'vitest';
import { gitPatch } from './git-patch';

const NAME = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', namespace: 'acme', name: 'prod' };

describe('gitPatch', () => {
  test('returns only the changes, in the shape of the resource', () => {
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

  test("lists removed fields, which a manifest can't express", () => {
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

  test('contains no secret', () => {
    const patch = gitPatch(NAME, { spec: { registry: { password: 'canary' }, ca: { value: 'canary' } } });
    expect(JSON.stringify(patch)).not.toContain('canary');
    expect(JSON.stringify(patch)).toContain('<not shown: add the secret here>');
  });
});
