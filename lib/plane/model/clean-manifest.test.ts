import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { MASK } from '@/lib/plane/masking/mask';
import { redactObject } from '@/lib/plane/masking/redact';
import { cleanManifest, cleanManifestYaml } from './clean-manifest';

const STORED = {
  apiVersion: 'openchoreo.dev/v1alpha1',
  kind: 'DataPlane',
  metadata: {
    name: 'prod',
    namespace: 'acme',
    uid: '7d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e',
    resourceVersion: '417',
    generation: 3,
    creationTimestamp: '2026-01-05T12:00:07Z',
    deletionTimestamp: '2026-02-05T12:00:07Z',
    deletionGracePeriodSeconds: 0,
    selfLink: '/apis/x',
    generateName: 'prod-',
    finalizers: ['openchoreo.dev/dataplane-cleanup'],
    ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'x' }],
    managedFields: [{ manager: 'kubectl' }],
    labels: { team: 'a' },
    annotations: {
      'openchoreo.dev/display-name': 'Production',
      'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{}}',
      'planeboard.openchoreo.dev/registration': 'id',
      'planeboard.openchoreo.dev/refreshed-at': '2026-01-05T12:00:07Z',
    },
  },
  spec: { planeID: 'prod' },
  status: { observedGeneration: 3 },
};

function clean(stored: JsonObject) {
  return cleanManifest(stored, redactObject(stored));
}

describe('a clean manifest', () => {
  test('has no field that the API server, a controller or Planeboard maintains', () => {
    expect(clean(STORED)).toEqual({
      manifest: {
        apiVersion: 'openchoreo.dev/v1alpha1',
        kind: 'DataPlane',
        metadata: {
          name: 'prod',
          namespace: 'acme',
          labels: { team: 'a' },
          annotations: { 'openchoreo.dev/display-name': 'Production' },
        },
        spec: { planeID: 'prod' },
      },
      masked: [],
      trimmed: [],
      omitted: [],
    });
  });

  test('has no empty labels and annotations, and keeps unknown fields beside the spec', () => {
    const { manifest } = clean({
      ...STORED,
      metadata: { name: 'prod', labels: {}, annotations: {} },
      extra: { a: 1 },
    });
    expect(manifest).toMatchObject({ extra: { a: 1 } });
    expect(manifest.metadata).toEqual({ name: 'prod' });
  });

  test('names masked secrets, and leaves out annotations that are shown only in part', () => {
    const annotations = { 'acme.example/proxy': 'http://me:canary@proxy', note: 'kept', data: '{"a": 1}' };
    const { manifest, masked, omitted } = clean({
      ...STORED,
      metadata: { name: 'prod', annotations },
      spec: { planeID: 'prod', auth: { password: 'canary' } },
    });
    expect(manifest.metadata).toEqual({ name: 'prod', annotations: { note: 'kept' } });
    expect(manifest.spec).toMatchObject({ auth: { password: [MASK] } });
    expect(masked).toEqual([['spec', 'auth', 'password']]);
    expect(omitted).toEqual(['acme.example/proxy', 'data']);
  });

  test('keeps the certificates of a text that is masked for what surrounds them', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUabc=\n-----END CERTIFICATE-----\n';
    const path = ['spec', 'clusterAgent', 'clientCA', 'value'];
    const { manifest, masked, trimmed } = clean({
      ...STORED,
      spec: { clusterAgent: { clientCA: { value: `# prod CA\n${pem}` } } },
    });
    expect(manifest.spec).toEqual({ clusterAgent: { clientCA: { value: pem } } });
    expect(masked).toEqual([]);
    expect(trimmed).toEqual([path]);
  });

  test('says above the YAML what to do before it is applied', () => {
    const yaml = cleanManifestYaml({
      manifest: { kind: 'DataPlane', spec: { a: MASK, b: MASK } },
      masked: [
        ['spec', 'a'],
        ['spec', 'list', 0, 'b\nc'],
      ],
      trimmed: [['spec', 'c']],
      omitted: ['acme.example/proxy'],
    });
    expect(yaml).toBe(
      `# Replace 2 masked secrets before you apply this: spec.a and "spec.list.0.b\\nc"
# Until then, the API server rejects it.
# Reduced to the certificates: spec.c
# Not included, because it isn't shown in full: annotation acme.example/proxy
kind: DataPlane
spec:
  a: ${MASK}
  b: ${MASK}
`,
    );
  });

  test("is empty for a resource that isn't an object", () => {
    expect(cleanManifest(null, redactObject(null)).manifest).toEqual({ metadata: {} });
  });
});
