import { expect, test } from 'vitest';
import { kindFeatures } from './installed-kind';
import { planeSchemas } from './openapi';
import { schemaAt } from './schema-node';

const document = {
  components: {
    schemas: {
      'dev.openchoreo.v1alpha1.DataPlane': {
        type: 'object',
        'x-kubernetes-group-version-kind': [
          { group: 'openchoreo.dev', version: 'v1alpha1', kind: 'DataPlane' },
        ],
        properties: {
          metadata: { allOf: [{ $ref: '#/components/schemas/ObjectMeta' }] },
          spec: {
            type: 'object',
            required: ['clusterAgent'],
            properties: {
              clusterAgent: { type: 'object', description: 'How the agent is verified', properties: {} },
              planeID: { type: 'string', maxLength: 63, pattern: '^[a-z]+$' },
              port: { type: 'integer', format: 'int32', minimum: 1, maximum: 65535, default: 443 },
              mode: { type: 'string', enum: ['a', 'b'] },
              hosts: { type: 'array', items: { type: 'string' }, minItems: 1 },
              labels: { type: 'object', additionalProperties: { type: 'string' } },
              anything: { 'x-kubernetes-preserve-unknown-fields': true, type: 'object' },
              either: { 'x-kubernetes-int-or-string': true },
            },
            'x-kubernetes-validations': [{ rule: 'true', message: 'always' }, { rule: 'self.x' }],
          },
          status: { type: 'object', properties: { agentConnection: { type: 'object', properties: {} } } },
        },
      },
      'dev.openchoreo.v1alpha1.DataPlaneList': {
        'x-kubernetes-group-version-kind': [
          { group: 'openchoreo.dev', version: 'v1alpha1', kind: 'DataPlaneList' },
        ],
        type: 'object',
      },
      'io.other.v1.DataPlane': {
        'x-kubernetes-group-version-kind': [{ group: 'other.io', version: 'v1', kind: 'DataPlane' }],
        properties: { spec: { type: 'object' } },
      },
    },
  },
};

test("reads each field of the group's kinds with its constraints", () => {
  const schemas = planeSchemas(document);
  expect([...schemas.keys()]).toEqual(['DataPlane']);
  const schema = schemas.get('DataPlane');
  expect(schemaAt(schema, ['spec', 'clusterAgent'])).toEqual({
    type: 'object',
    required: true,
    description: 'How the agent is verified',
    properties: {},
  });
  expect(schemaAt(schema, ['spec', 'planeID'])).toEqual({
    type: 'string',
    maxLength: 63,
    pattern: '^[a-z]+$',
  });
  expect(schemaAt(schema, ['spec', 'port'])).toEqual({
    type: 'integer',
    format: 'int32',
    minimum: 1,
    maximum: 65535,
    default: 443,
  });
  expect(schemaAt(schema, ['spec', 'mode'])?.enum).toEqual(['a', 'b']);
  expect(schemaAt(schema, ['spec', 'hosts'])).toEqual({
    type: 'array',
    minItems: 1,
    items: { type: 'string' },
  });
  expect(schemaAt(schema, ['spec', 'labels'])).toEqual({
    type: 'object',
    additionalProperties: { type: 'string' },
  });
  expect(schemaAt(schema, ['spec', 'anything'])?.type).toBe('any');
  expect(schemaAt(schema, ['spec', 'either'])?.type).toBe('any');
  expect(schemaAt(schema, ['spec'])?.validations).toEqual([
    { rule: 'true', message: 'always' },
    { rule: 'self.x' },
  ]);
  expect(schemaAt(schema, ['metadata'])).toBeUndefined();
});

test('derives features from the fields', () => {
  expect(kindFeatures(planeSchemas(document).get('DataPlane'))).toEqual({
    known: true,
    planeID: true,
    agentConnection: true,
    clusterAgent: true,
    optionalAgent: false,
    directAccess: false,
  });
  expect(kindFeatures(undefined)).toEqual({
    known: false,
    planeID: false,
    agentConnection: false,
    clusterAgent: false,
    optionalAgent: false,
    directAccess: false,
  });
});
