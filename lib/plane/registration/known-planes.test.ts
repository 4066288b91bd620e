import { describe, expect, test } from 'vitest';
import { REGISTERED_BY_ANNOTATION } from '@/lib/plane/model/annotations';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { installedKind } from '@/testing/plane/installed-kinds';
import { knownPlane } from '@/testing/plane/plane-fixture';
import { absentObservabilityPlane, defaultNameMeaning } from './default-plane';
import { createdByText, type KnownPlane, planeIDOf, siblingsOf } from './known-planes';

const dataPlane = installedKind('1.2', 'DataPlane');
const planes: KnownPlane[] = [
  knownPlane({ plural: 'dataplanes', kind: 'DataPlane', namespace: 'acme', name: 'prod', planeID: 'shared' }),
  knownPlane({
    plural: 'dataplanes',
    kind: 'DataPlane',
    namespace: 'other',
    name: 'prod',
    planeID: 'shared',
  }),
  knownPlane({ plural: 'clusterdataplanes', kind: 'ClusterDataPlane', name: 'all', planeID: 'shared' }),
  knownPlane({
    plural: 'workflowplanes',
    kind: 'WorkflowPlane',
    namespace: 'acme',
    name: 'ci',
    planeID: 'shared',
  }),
  knownPlane({ plural: 'dataplanes', kind: 'DataPlane', namespace: 'acme', name: 'dev', planeID: 'dev' }),
  knownPlane({ plural: 'dataplanes', kind: 'DataPlane', namespace: 'acme', name: 'unread', planeID: null }),
];
const identity = { namespace: 'acme', name: 'prod', spec: { planeID: ' shared ' } };

describe('siblingsOf', () => {
  test('returns planes of the same role and planeID in either scope, except the plane itself', () => {
    expect(siblingsOf(identity, dataPlane, planes).map(({ kind, namespace }) => [kind, namespace])).toEqual([
      ['DataPlane', 'other'],
      ['ClusterDataPlane', undefined],
    ]);
  });

  test('uses the name without a planeID, as the API does', () => {
    const draft = { namespace: 'acme', name: 'dev', spec: { planeID: '' } };
    expect(planeIDOf(draft, dataPlane)).toBe('dev');
    expect(siblingsOf({ ...draft, namespace: 'other' }, dataPlane, planes).map(({ name }) => name)).toEqual([
      'dev',
    ]);
  });

  test('returns none in a release without planeIDs or without a fleet', () => {
    expect(siblingsOf(identity, installedKind('0.7', 'DataPlane'), planes)).toEqual([]);
    expect(siblingsOf(identity, dataPlane, null)).toEqual([]);
  });
});

test('explains the name default for each kind', () => {
  const sentences = PLANE_KINDS.map((entry) => defaultNameMeaning(entry));
  expect(sentences.every((sentence) => /^[A-Z].*\.$/.test(sentence))).toBe(true);
  expect(defaultNameMeaning(dataPlane.entry)).toContain('environments in this namespace');
});

describe('absentObservabilityPlane', () => {
  const own = knownPlane({
    plural: 'observabilityplanes',
    kind: 'ObservabilityPlane',
    namespace: 'acme',
    name: 'default',
    planeID: 'o',
  });
  const shared = knownPlane({
    plural: 'clusterobservabilityplanes',
    kind: 'ClusterObservabilityPlane',
    name: 'default',
    planeID: 's',
  });
  const cluster = installedKind('1.2', 'ClusterDataPlane').entry;
  test.each([
    [dataPlane.entry, 'acme', [own, shared], 'the plane uses the observability plane named default in acme'],
    [dataPlane.entry, 'other', [own, shared], 'the plane uses the cluster observability plane named default'],
    [
      dataPlane.entry,
      'other',
      [own],
      'the plane uses none: other has no observability plane named default, and no cluster observability plane is named default',
    ],
    [
      dataPlane.entry,
      'acme',
      null,
      'the plane uses the observability plane named default in its namespace, otherwise the cluster observability plane named default',
    ],
    [cluster, '', [own, shared], 'the plane uses the cluster observability plane named default'],
    [cluster, '', [own], 'the plane uses none: no cluster observability plane is named default'],
  ])('%#', (entry, namespace, known, expected) => {
    expect(absentObservabilityPlane(entry, namespace, known)).toBe(expected);
  });
});

describe('createdByText', () => {
  const AT = '2026-01-05T12:00:07Z';

  test.each([
    [
      'the user who registered the plane',
      AT,
      { [REGISTERED_BY_ANNOTATION]: 'alice' },
      'created 2026-01-05 12:00:07 UTC by alice',
    ],
    ['only the time for a plane created in another way', AT, {}, 'created 2026-01-05 12:00:07 UTC'],
    ['only the time while the annotations are unread', AT, null, 'created 2026-01-05 12:00:07 UTC'],
    ['nothing for an unreadable time', 'yesterday', {}, undefined],
  ])('returns %s', (_, createdAt, annotations, words) => {
    expect(createdByText(createdAt, annotations)).toBe(words);
  });
});
