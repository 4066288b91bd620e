import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { gitPatch } from '@/lib/plane/edit/git-patch';
import { gitPatchYaml } from './manifest-yaml';

const NAME = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', namespace: 'acme', name: 'prod' };

test('a change for git lists removed fields above the manifest', () => {
  const yaml = gitPatchYaml(gitPatch(NAME, { labels: { old: null }, spec: { gateway: { port: null } } }));
  expect(yaml).toContain('# Remove: metadata.labels.old\n# Remove: spec.gateway.port\n');
  expect(parse(yaml)).toEqual({
    apiVersion: NAME.apiVersion,
    kind: 'DataPlane',
    metadata: { name: 'prod', namespace: 'acme' },
  });
});

test('a placeholder for a secret is valid YAML', () => {
  const yaml = gitPatchYaml(gitPatch(NAME, { spec: { registry: { password: 'canary' } } }));
  expect(parse(yaml).spec.registry.password).toBe('<not shown: add the secret here>');
});
