import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, withValueAt } from '@/lib/plane/json/json-path';
import { changesOfObject } from './object-changes';

const SHOWN: JsonObject = {
  apiVersion: 'openchoreo.dev/v1alpha1',
  kind: 'DataPlane',
  metadata: {
    name: 'prod',
    namespace: 'acme',
    generation: 3,
    finalizers: ['openchoreo.dev/dataplane-cleanup'],
    labels: { team: 'shop' },
    annotations: { note: 'x' },
  },
  spec: { planeID: 'prod', gateway: { host: 'a' } },
  status: { observedGeneration: 3 },
};

test('returns changes of labels, annotations and spec as merge patches', () => {
  const edited = {
    ...SHOWN,
    metadata: {
      name: 'prod',
      namespace: 'acme',
      generation: 3,
      finalizers: ['openchoreo.dev/dataplane-cleanup'],
      annotations: { note: 'y' },
    },
    spec: { planeID: 'prod', gateway: { host: 'b' } },
  };
  expect(changesOfObject(SHOWN, edited)).toEqual({
    changes: { labels: { team: null }, annotations: { note: 'y' }, spec: { gateway: { host: 'b' } } },
  });
});

describe('reports a change to a fixed field instead of dropping it', () => {
  test.each<[JsonPath, RegExp]>([
    [['status', 'observedGeneration'], /The controllers write the status/],
    [['metadata', 'finalizers'], /You can't change finalizers here/],
    [['metadata', 'name'], /identifies the resource/],
    [['kind'], /identifies the resource/],
    [['metadata', 'generation'], /The API server manages/],
    [['metadata', 'managedFields'], /The API server manages/],
    [['extra'], /The API server manages/],
  ])('%j', (path, message) => {
    const result = changesOfObject(SHOWN, withValueAt(SHOWN, path, 'edited'));
    expect(result).toMatchObject({ problems: [{ path, message: expect.stringMatching(message) as string }] });
  });

  test("the status as a whole, and a spec that isn't an object", () => {
    const { status: _status, ...without } = SHOWN;
    expect(changesOfObject(SHOWN, without)).toHaveProperty('problems');
    expect(changesOfObject(SHOWN, { ...SHOWN, spec: 'x' })).toHaveProperty('problems');
  });

  test('a label that YAML reads as a number', () => {
    expect(changesOfObject(SHOWN, withValueAt(SHOWN, ['metadata', 'labels', 'tier'], 1))).toEqual({
      problems: [
        {
          path: ['metadata', 'labels', 'tier'],
          message: 'Values of labels must be text. Put this value in quotes.',
        },
      ],
    });
  });
});
