import { describe, expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { kindOfPlural, type PlaneKindEntry, type PlanePlural } from './kinds';
import { parsePlane } from './parse-plane';

const object = (properties: Record<string, SchemaNode>): SchemaNode => ({ type: 'object', properties });
const text: SchemaNode = { type: 'string' };
const current = kindFeatures(
  object({
    spec: object({ planeID: text, clusterAgent: object({}) }),
    status: object({ agentConnection: object({}) }),
  }),
);
const release07 = kindFeatures(
  object({ spec: object({ agent: object({}), kubernetesCluster: object({}) }), status: object({}) }),
);
const release03 = kindFeatures(
  object({ spec: object({ kubernetesCluster: object({}) }), status: object({}) }),
);

function entry(plural: PlanePlural): PlaneKindEntry {
  const found = kindOfPlural(plural);
  if (!found) throw new Error(`no kind ${plural}`);
  return found;
}

const metadata = {
  name: 'prod',
  namespace: 'acme',
  uid: 'u1',
  resourceVersion: '7',
  generation: 3,
  creationTimestamp: '2026-01-01T00:00:00Z',
};

describe('parsePlane', () => {
  test('reads names, annotations, labels and status', () => {
    const plane = parsePlane(
      entry('dataplanes'),
      {
        metadata: {
          ...metadata,
          labels: { env: 'prod' },
          annotations: {
            'openchoreo.dev/display-name': '本番',
            'openchoreo.dev/description': 'Tokyo',
            other: 'x',
          },
          managedFields: [
            { time: '2026-01-01T00:00:00Z', fieldsV1: { 'f:spec': {} } },
            { time: '2026-01-03T00:00:00Z', fieldsV1: { 'f:spec': {} } },
            { time: '2026-01-05T00:00:00Z', fieldsV1: { 'f:metadata': {} } },
            { time: '2026-01-09T00:00:00Z', subresource: 'status', fieldsV1: { 'f:spec': {} } },
          ],
        },
        spec: {
          planeID: 'tokyo',
          observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'default' },
          clusterAgent: {},
        },
        status: {
          observedGeneration: 2,
          agentConnection: { connected: true, connectedAgents: 2 },
          conditions: [],
        },
      },
      current,
    );
    expect(plane).toEqual({
      kind: 'DataPlane',
      plural: 'dataplanes',
      namespace: 'acme',
      name: 'prod',
      uid: 'u1',
      resourceVersion: '7',
      displayName: '本番',
      description: 'Tokyo',
      labels: { env: 'prod' },
      planeID: 'tokyo',
      connection: 'agent',
      reportsAgent: true,
      agent: { connected: true, connectedAgents: 2 },
      conditions: [],
      generation: 3,
      observedGeneration: 2,
      createdAt: '2026-01-01T00:00:00Z',
      specChangedAt: '2026-01-03T00:00:00Z',
      observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'default' },
    });
  });

  test('drops an invisible display name and removes marks that reverse text', () => {
    const named = (displayName: string, description: string) =>
      parsePlane(
        entry('dataplanes'),
        {
          metadata: {
            ...metadata,
            annotations: {
              'openchoreo.dev/display-name': displayName,
              'openchoreo.dev/description': description,
            },
          },
          spec: {},
        },
        current,
      );
    expect(named('\u200B\u200B', '\u2069')).not.toHaveProperty('displayName');
    expect(named('\u200B\u200B', '\u2069')).not.toHaveProperty('description');
    expect(named('\u202Eexample drol\u202C', '\u202Eb\u0007')).toMatchObject({
      displayName: 'example drol',
      description: 'b',
    });
  });

  test('masks a secret that a controller repeats in a message', () => {
    const url = 'https://admin:hunter2@k8s.example.com';
    const status = {
      conditions: [{ type: 'Ready', status: 'False', message: `cannot dial ${url}` }],
      agentConnection: { connected: false, connectedAgents: 0, message: `cannot dial ${url}` },
    };
    const plane = parsePlane(entry('dataplanes'), { metadata, spec: {}, status }, current);
    expect(plane.conditions[0]?.message).toBe(MASK);
    expect(plane.agent?.message).toBe(MASK);
    expect(JSON.stringify(plane)).not.toContain('hunter2');
  });

  test('defaults the planeID to the name, and to null where the release has no planeID', () => {
    expect(parsePlane(entry('dataplanes'), { metadata, spec: {} }, current).planeID).toBe('prod');
    expect(parsePlane(entry('dataplanes'), { metadata, spec: {} }, release03).planeID).toBeNull();
  });

  test('reports a schema that could not be read and makes up no planeID', () => {
    const unread = kindFeatures(undefined);
    const plane = parsePlane(entry('dataplanes'), { metadata, spec: {} }, unread);
    expect(plane).toMatchObject({ schemaUnknown: true, reportsAgent: false, planeID: null });
    const spec = { planeID: 'tokyo' };
    expect(parsePlane(entry('dataplanes'), { metadata, spec }, unread).planeID).toBe('tokyo');
    expect(parsePlane(entry('dataplanes'), { metadata, spec: {} }, current)).not.toHaveProperty(
      'schemaUnknown',
    );
  });

  test.each([
    ['is direct in 0.3, which has no agents', release03, {}, 'direct'],
    [
      'is by agent in 0.7 with the agent enabled',
      release07,
      { agent: { enabled: true }, kubernetesCluster: {} },
      'agent',
    ],
    [
      'is direct in 0.7 with the agent disabled',
      release07,
      { agent: { enabled: false }, kubernetesCluster: {} },
      'direct',
    ],
    ['is direct in 0.7 with direct access', release07, { kubernetesCluster: {} }, 'direct'],
    ['is by agent in 0.9 and later', current, { clusterAgent: {} }, 'agent'],
  ] as const)('the connection %s', (_what, features, spec, expected) => {
    expect(parsePlane(entry('dataplanes'), { metadata, spec }, features).connection).toBe(expected);
  });

  test('reads a plain name as a reference, as in release 0.8', () => {
    expect(
      parsePlane(entry('dataplanes'), { metadata, spec: { observabilityPlaneRef: 'main' } }, current)
        .observabilityPlaneRef,
    ).toEqual({
      kind: 'ObservabilityPlane',
      name: 'main',
    });
  });

  test.each([
    ['a missing spec', { metadata }, 'The resource has no spec.'],
    [
      'a planeID that is a number',
      { metadata, spec: { planeID: 7 } },
      'Invalid field spec.planeID: expected text, found a number.',
    ],
    [
      'an agent connection that is text',
      { metadata, spec: {}, status: { agentConnection: { connected: 'yes', connectedAgents: 1 } } },
      'Invalid field status.agentConnection.connected: expected true or false, found text.',
    ],
    [
      'a condition with an unknown status',
      { metadata, spec: {}, status: { conditions: [{ type: 'Ready', status: 'Maybe' }] } },
      'Invalid field status.conditions.0.status: expected True, False or Unknown.',
    ],
    [
      "something that isn't an object",
      'nonsense',
      'Invalid field metadata: expected an object, found nothing.',
    ],
  ])('marks a plane as unreadable for %s', (_what, raw, problem) => {
    const plane = parsePlane(entry('dataplanes'), raw, current);
    expect(plane.unreadable?.join(' ')).toContain(problem);
    expect(plane.uid).not.toBe('');
  });

  test('keeps the readable parts of an unreadable resource', () => {
    const plane = parsePlane(
      entry('clusterdataplanes'),
      { metadata: { ...metadata, namespace: undefined }, spec: { planeID: 7 } },
      current,
    );
    expect(plane).toMatchObject({ name: 'prod', uid: 'u1', kind: 'ClusterDataPlane' });
    expect(plane.namespace).toBeUndefined();
  });

  test.each([
    ['an unreadable spec', { metadata, spec: { planeID: 7 } }],
    ['a missing spec', { metadata }],
  ])('makes up no planeID for %s', (_what, raw) => {
    expect(parsePlane(entry('dataplanes'), raw, current).planeID).toBeNull();
  });
});
