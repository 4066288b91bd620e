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

  test('cuts every free text, so that no row is large', () => {
    const long = 'x'.repeat(250_000);
    const raw = {
      metadata: {
        ...metadata,
        labels: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key-${index}`, 'value'])),
        annotations: {
          'openchoreo.dev/display-name': long,
          'openchoreo.dev/description': long,
          'planeboard.openchoreo.dev/maintenance-until': `2026-03-10T12:00:00Z${' '.repeat(100)}`,
          'planeboard.openchoreo.dev/maintenance-reason': long,
          'planeboard.openchoreo.dev/refreshed-at': long,
        },
      },
      spec: {},
      status: {
        conditions: [{ type: long, status: 'False', reason: long, message: long }],
        agentConnection: { connected: true, connectedAgents: 1, message: long },
      },
    };
    const plane = parsePlane(entry('dataplanes'), raw, current);
    expect(plane.displayName).toBe(`${'x'.repeat(200)}…`);
    expect(plane.description).toHaveLength(4001);
    expect(plane.maintenance).toEqual({ until: '2026-03-10T12:00:00.000Z', reason: `${'x'.repeat(199)}…` });
    expect(plane.agent?.message).toHaveLength(2000);
    const [condition] = plane.conditions;
    expect([condition?.type, condition?.reason, condition?.message].map((text) => text?.length)).toEqual([
      320, 320, 2000,
    ]);
    expect(Object.keys(plane.labels)).toHaveLength(200);
    expect(JSON.stringify(plane).length).toBeLessThan(20_000);
  });

  test.each([
    [
      'a planeID',
      { spec: { planeID: 'x'.repeat(321) } },
      'Invalid field spec.planeID: longer than 320 characters.',
    ],
    [
      'conditions',
      { spec: {}, status: { conditions: Array(51).fill({ type: 'Ready', status: 'True' }) } },
      'Invalid field status.conditions: longer than 50 items.',
    ],
  ])('reports %s that is too long to be cut without changing its meaning', (_what, parts, sentence) => {
    const plane = parsePlane(entry('dataplanes'), { metadata, ...parts }, current);
    expect(plane.unreadable).toEqual([sentence]);
  });

  test('reports a resource that is invalid in many places in few short sentences', () => {
    const labels = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`${index}${'x'.repeat(9000)}`, 1]),
    );
    const plane = parsePlane(entry('dataplanes'), { metadata: { ...metadata, labels }, spec: {} }, current);
    expect(plane.unreadable).toHaveLength(10);
    expect(plane.unreadable?.join(' ').length).toBeLessThan(3000);
  });

  test('masks a secret in a label', () => {
    const labels = { env: 'prod', token: `ghp_${'a'.repeat(36)}` };
    const plane = parsePlane(entry('dataplanes'), { metadata: { ...metadata, labels }, spec: {} }, current);
    expect(plane.labels).toEqual({ env: 'prod', token: MASK });
  });

  test('masks secrets in display names, descriptions and reasons', () => {
    const secret = 'see https://me:pw@host/';
    const annotations = { 'openchoreo.dev/display-name': secret, 'openchoreo.dev/description': secret };
    const conditions = [{ type: 'Ready', status: 'False', reason: secret }];
    const plane = parsePlane(
      entry('dataplanes'),
      { metadata: { ...metadata, annotations }, spec: {}, status: { conditions } },
      current,
    );
    expect(plane).toMatchObject({ displayName: MASK, description: MASK, conditions: [{ reason: MASK }] });
  });

  test.each([null, '', '0001-01-01T00:00:00Z', '2027-02-30T00:00:00Z', '2027-01-01T24:00:00Z'])(
    'counts the time %j as absent',
    (time) => {
      const raw = {
        metadata: { ...metadata, creationTimestamp: time, deletionTimestamp: time },
        spec: {},
        status: {
          conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: time }],
          agentConnection: {
            connected: true,
            connectedAgents: 1,
            lastConnectedTime: time,
            lastDisconnectedTime: time,
            lastHeartbeatTime: time,
          },
        },
      };
      const plane = parsePlane(entry('dataplanes'), raw, current);
      expect(plane.unreadable).toBeUndefined();
      expect(plane).toMatchObject({ createdAt: '', conditions: [{ type: 'Ready', status: 'True' }] });
      expect(plane.agent).toEqual({ connected: true, connectedAgents: 1 });
      expect(plane.deletingSince).toBeUndefined();
      expect(plane.conditions[0]?.lastTransitionTime).toBeUndefined();
    },
  );

  test('reads a plane without an agent connection whose field is null', () => {
    const plane = parsePlane(
      entry('dataplanes'),
      { metadata, spec: {}, status: { agentConnection: null } },
      current,
    );
    expect([plane.unreadable, plane.agent]).toEqual([undefined, undefined]);
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

  test.each([
    ['0.7, whose charts take other values', release07, { agent: { enabled: true } }, true],
    ['0.7 with direct access, which needs no chart', release07, { kubernetesCluster: {} }, undefined],
    ['0.9 and later', current, { clusterAgent: {} }, undefined],
    ['a schema that could not be read', kindFeatures(undefined), { clusterAgent: {} }, undefined],
  ] as const)('knows whether the charts are known in %s', (_what, features, spec, chartsUnknown) => {
    expect(parsePlane(entry('dataplanes'), { metadata, spec }, features).chartsUnknown).toBe(chartsUnknown);
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
