import { describe, expect, test } from 'vitest';
import { CERTIFICATE_PEM, DRAFT_ID } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import { draftPathOf, problemsOfStatus } from './api-problems';
import { stepOfPath } from './draft';
import { newDraft } from './new-draft';

const kind = installedKind('1.2', 'DataPlane');
const direct = installedKind('0.7', 'DataPlane');
const draft = newDraft(kind, DRAFT_ID, { namespace: 'acme' });
const directDraft = { ...newDraft(direct, DRAFT_ID, { namespace: 'acme' }), connection: 'direct' as const };
const CA = 'clusterAgent.clientCA';

describe('draftPathOf', () => {
  test.each([
    ['metadata.name', ['name'], 'identity'],
    ['metadata.namespace', ['namespace'], 'identity'],
    ['metadata.annotations[openchoreo.dev/display-name]', ['displayName'], 'identity'],
    ['metadata.annotations[openchoreo.dev/description]', ['description'], 'identity'],
    ['metadata.labels', ['labels'], 'identity'],
    ['spec.planeID', ['spec', 'planeID'], 'identity'],
    [
      'spec.gateway.ingress.external.https.port',
      ['spec', 'gateway', 'ingress', 'external', 'https', 'port'],
      'services',
    ],
    ['spec.hosts[0].name', ['spec', 'hosts', 0, 'name'], 'services'],
    ['spec.nodeLabels[a.b/c]', ['spec', 'nodeLabels', 'a.b/c'], 'services'],
    ['spec', ['spec'], 'review'],
    ['spec.clusterAgent', ['spec', 'clusterAgent'], 'connection'],
    ['spec.clusterAgent.clientCA', ['credentials', CA, 'text'], 'connection'],
    ['spec.clusterAgent.clientCA.value', ['credentials', CA, 'text'], 'connection'],
    ['spec.clusterAgent.clientCA.secretKeyRef', ['credentials', CA, 'text'], 'connection'],
    ['spec.clusterAgent.clientCA.secretKeyRef.name', ['credentials', CA, 'name'], 'connection'],
    ['spec.clusterAgent.clientCA.secretKeyRef.namespace', ['credentials', CA, 'namespace'], 'connection'],
    ['<nil>', [], 'review'],
    ['', [], 'review'],
  ])('maps %j to a field and its step', (field, path, step) => {
    expect(draftPathOf(field, draft, kind)).toEqual(path);
    expect(stepOfPath(path, kind)).toBe(step);
  });

  test.each([
    ['metadata.name', ['credentials', 'kubernetesCluster.tls.ca', 'name']],
    ['data[tls.key]', ['credentials', 'kubernetesCluster.auth.mtls.clientKey', 'key']],
    ['stringData[ca.crt]', ['credentials', 'kubernetesCluster.tls.ca', 'key']],
    ['type', []],
  ])('maps %s of a Secret that several credentials share', (field, path) => {
    const named = {
      ...directDraft,
      credentials: Object.fromEntries(
        Object.entries(directDraft.credentials).map(([id, one]) => [id, { ...one, name: 'access' }]),
      ),
    };
    expect(draftPathOf(field, named, direct, { namespace: 'acme', name: 'access' })).toEqual(path);
    expect(draftPathOf(field, named, direct, { namespace: 'acme', name: 'other' })).toEqual([]);
  });
});

describe('problemsOfStatus', () => {
  const problems = (status: unknown) =>
    problemsOfStatus(status, draft, kind).map(({ path, message }) => `${path.join('.')}: ${message}`);

  test('puts each cause at its field in plain words, without the value', () => {
    expect(
      problems({
        message: 'DataPlane.openchoreo.dev "prod" is invalid: [...]',
        details: {
          causes: [
            {
              reason: 'FieldValueInvalid',
              message: 'Invalid value: "Prod": spec.planeID in body should match \'^[a-z]$\'',
              field: 'spec.planeID',
            },
            {
              reason: 'FieldValueRequired',
              message: 'Required value',
              field: 'spec.gateway.ingress.external.http.host',
            },
            {
              reason: 'FieldValueNotSupported',
              message: 'Unsupported value: "x": supported values: "ObservabilityPlane"',
              field: 'spec.observabilityPlaneRef.kind',
            },
          ],
        },
      }),
    ).toEqual([
      "spec.planeID: Rejected by the API server: should match '^[a-z]$'.",
      'spec.gateway.ingress.external.http.host: Rejected by the API server: a value is required.',
      'spec.observabilityPlaneRef.kind: Rejected by the API server: supported values: "ObservabilityPlane".',
    ]);
  });

  test('names labels and annotations, and repeats nothing', () => {
    const label = {
      reason: 'FieldValueInvalid',
      message: `Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`,
      field: 'metadata.labels',
    };
    const annotation = { reason: 'FieldValueTooLong', message: 'Too long', field: 'metadata.annotations' };
    expect(problems({ details: { causes: [label, label, annotation, label] } })).toEqual([
      'labels: Rejected by the API server: must be no more than 63 bytes.',
      ': In metadata.annotations: Rejected by the API server: Too long.',
    ]);
  });

  test('reports the unknown fields of a strict check one by one', () => {
    const message =
      'DataPlane in version "v1alpha1" cannot be handled as a DataPlane: strict decoding error: unknown field "spec.gateway.hosts", unknown field "spec.x"';
    expect(problems({ message })).toEqual([
      'spec.gateway.hosts: Rejected by the API server: unknown field spec.gateway.hosts.',
      'spec.x: Rejected by the API server: unknown field spec.x.',
    ]);
  });

  test('reports a message without causes as a whole', () => {
    expect(problems({ message: 'namespaces "acme" not found' })).toEqual([
      ': Rejected by the API server: namespaces "acme" not found.',
    ]);
    expect(problems({})).toEqual([]);
    expect(problems('no status')).toEqual([]);
  });

  test('never repeats a credential, whatever the API server quotes', () => {
    const quoted = [
      'Invalid value: "canary": spec.clusterAgent.clientCA.value in body must be shorter',
      'Invalid value: {"value":"canary","other":"canary"}: must have exactly one',
      'failed rule: value "canary" is not allowed',
      `Invalid value: ${JSON.stringify(`${CERTIFICATE_PEM}"canary"`)}: bad`,
    ];
    for (const message of quoted) {
      const status = { details: { causes: [{ message, field: 'spec.clusterAgent.clientCA.value' }] } };
      expect(JSON.stringify(problemsOfStatus(status, draft, kind))).not.toContain('canary');
      const secret = { namespace: 'acme', name: 's' };
      const ofSecret = { details: { causes: [{ message, field: 'data[ca.crt]' }] } };
      expect(JSON.stringify(problemsOfStatus(ofSecret, draft, kind, secret))).not.toContain('canary');
    }
  });
});
