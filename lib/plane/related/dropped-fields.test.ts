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

test('a reference under the name of an older release is told, and of a dropped group only the group', () => {
  const clientCA = { secretRef: { name: 'ca', key: 'ca.crt' } };
  expect(droppedFields(applied({ planeID: 'eu', clusterAgent: { clientCA } }), schema)).toEqual([
    'spec.clusterAgent.clientCA.secretRef',
  ]);
  expect(droppedFields(applied({ registry: { prefix: 'x', secretRef: 'y' } }), schema)).toEqual([
    'spec.registry',
  ]);
});

test('in a list a field is told once', () => {
  const ports = [{ port: 1, protocol: 'TCP' }, { protocol: 'UDP' }];
  expect(droppedFields(applied({ ports }), schema)).toEqual(['spec.ports[].protocol']);
});

test('free-form parts hold anything', () => {
  const spec = { extra: { a: 'b' }, anything: { deep: { down: 1 } }, open: { a: 1 } };
  expect(droppedFields(applied(spec), schema)).toEqual([]);
});

test('what the resource does have was not dropped, and null was never meant to be there', () => {
  expect(droppedFields(applied({ kept: 1, gone: null }, { kept: 1 }), schema)).toEqual([]);
});

test.each([
  ['no annotation', { metadata: { name: 'prod' }, spec: {} }],
  [
    'an annotation that is no JSON',
    { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{' } } },
  ],
  ['a spec that is no object', applied('text')],
])('%s tells nothing', (_, raw) => {
  expect(droppedFields(raw, schema)).toEqual([]);
});

test('without a schema nothing is known to be dropped', () => {
  expect(droppedFields(applied({ anyField: 1 }), undefined)).toEqual([]);
});

test('names of every object are fields like any other', () => {
  expect(droppedFields(applied({ constructor: 1 }), schema)).toEqual(['spec.constructor']);
});

test('however much was applied, the answer is bounded', () => {
  const spec = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, 1]));
  expect(droppedFields(applied(spec), schema)).toHaveLength(50);
});
