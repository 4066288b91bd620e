import { expect, test } from 'vitest';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { droppedFields } from './dropped-fields';

const text: SchemaNode = { type: 'string' };
const object = (properties: Record<string, SchemaNode>): SchemaNode => ({ type: 'object', properties });
const schema = object({
  spec: object({
    planeID: text,
    clusterAgent: object({
      clientCA: object({ value: text, secretKeyRef: object({ name: text, key: text }) }),
    }),
    ports: { type: 'array', items: object({ port: { type: 'integer' } }) },
    extra: { type: 'object', additionalProperties: text },
    anything: { type: 'any' },
    open: { type: 'object' },
  }),
});

function applied(spec: unknown, live: unknown = {}): unknown {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec }) };
  return { metadata: { name: 'prod', annotations }, spec: live };
}

test("reports a reference under an older release's name, and only the group of a dropped group", () => {
  const clientCA = { secretRef: { name: 'ca', key: 'ca.crt' } };
  expect(droppedFields(applied({ planeID: 'eu', clusterAgent: { clientCA } }), schema)).toEqual([
    'spec.clusterAgent.clientCA.secretRef',
  ]);
  expect(droppedFields(applied({ registry: { prefix: 'x', secretRef: 'y' } }), schema)).toEqual([
    'spec.registry',
  ]);
});

test('reports a field in a list once', () => {
  const ports = [{ port: 1, protocol: 'TCP' }, { protocol: 'UDP' }];
  expect(droppedFields(applied({ ports }), schema)).toEqual(['spec.ports[].protocol']);
});

test('accepts anything in free-form parts', () => {
  const spec = { extra: { a: 'b' }, anything: { deep: { down: 1 } }, open: { a: 1 } };
  expect(droppedFields(applied(spec), schema)).toEqual([]);
});

test('ignores fields that the resource has, and null', () => {
  expect(droppedFields(applied({ kept: 1, gone: null }, { kept: 1 }), schema)).toEqual([]);
});

test.each([
  ['no annotation', { metadata: { name: 'prod' }, spec: {} }],
  [
    "an annotation that isn't JSON",
    { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{' } } },
  ],
  ["a spec that isn't an object", applied('text')],
])('reports nothing for %s', (_, raw) => {
  expect(droppedFields(raw, schema)).toEqual([]);
});

test('reports nothing without a schema', () => {
  expect(droppedFields(applied({ anyField: 1 }), undefined)).toEqual([]);
});

test('treats names that every object inherits as plain fields', () => {
  expect(droppedFields(applied({ constructor: 1 }), schema)).toEqual(['spec.constructor']);
});

test('bounds the result', () => {
  const spec = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, 1]));
  expect(droppedFields(applied(spec), schema)).toHaveLength(50);
});
