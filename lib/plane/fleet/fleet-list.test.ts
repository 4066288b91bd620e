import { describe, expect, test } from 'vitest';
import type { AttentionState } from '@/lib/plane/health/attention';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { Plane } from '@/lib/plane/model/plane';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { filterEntries } from './fleet-filter';
import { fleetItems, NO_GROUP_KEY } from './fleet-group';
import { naturalKey, sortEntries } from './fleet-sort';
import { DEFAULT_SORT, DEFAULT_VIEW, type FleetEntry, type FleetView } from './fleet-view';

function entry(
  changes: Partial<Plane>,
  state: HealthState = 'healthy',
  attention: AttentionState = state,
): FleetEntry {
  const plane = { ...aPlane(), uid: changes.name ?? 'uid', ...changes, facts: NO_FACTS };
  return { plane, health: { state, reasons: [] }, attention, seenSinceMs: null };
}
const names = (entries: readonly FleetEntry[]) => entries.map((item) => item.plane.name);
const view = (changes: Partial<FleetView>): FleetView => ({ ...DEFAULT_VIEW, ...changes });

const fleet = [
  entry({ name: 'fra', displayName: 'Zürich Süd', labels: { env: 'prod', team: 'a' } }, 'healthy'),
  entry({ name: 'sin', namespace: 'globex', description: 'Runs the shop', labels: { env: 'dev' } }, 'stale'),
  entry({ name: 'tyo', displayName: '東京 本番', planeID: 'asia-1', labels: {} }, 'disconnected'),
  entry({ kind: 'ClusterWorkflowPlane', plural: 'clusterworkflowplanes', name: 'wf', labels: {} }, 'healthy'),
];

describe('search', () => {
  test.each([
    ['a display name in any case', 'ZÜRICH', ['fra']],
    ['a display name in Japanese', '本番', ['tyo']],
    ['full-width Latin as ordinary Latin', 'ｆｒａ', ['fra']],
    ['a namespace', 'globex', ['sin']],
    ['a planeID', 'asia-1', ['tyo']],
    ['a description', 'shop', ['sin']],
    ['a label as key=value', 'env=prod', ['fra']],
    ['several words that must all occur, in any order', 'süd zürich', ['fra']],
    ['nothing for an unknown word', 'nowhere', []],
  ])('finds %s', (_, q, expected) => {
    expect(names(filterEntries(fleet, view({ q })).entries)).toEqual(expected);
  });
});

describe('filters', () => {
  test.each<[string, Partial<FleetView>, string[]]>([
    ['role', { roles: ['workflow'] }, ['wf']],
    ['kind', { kinds: ['ClusterWorkflowPlane'] }, ['wf']],
    ['scope', { scopes: ['Cluster'] }, ['wf']],
    ["namespace, which cluster-wide planes don't have", { namespaces: ['globex'] }, ['sin']],
    ['health', { health: ['stale', 'disconnected'] }, ['sin', 'tyo']],
    ['a label with any value', { labels: ['env'] }, ['fra', 'sin']],
    ['one of several values of a label', { labels: ['env=prod', 'env=dev'] }, ['fra', 'sin']],
    ['labels of different keys, which must all match', { labels: ['env=prod', 'team=b'] }, []],
  ])('by %s', (_, changes, expected) => {
    expect(names(filterEntries(fleet, view(changes)).entries)).toEqual(expected);
  });

  test("the health filter doesn't change the counts by health, which say what a click would show", () => {
    const { counts } = filterEntries(fleet, view({ health: ['stale'], roles: ['data'] }));
    expect(counts).toMatchObject({ healthy: 1, stale: 1, disconnected: 1, unknown: 0 });
  });
});

describe('sorting', () => {
  test('is worst first by default, then by display name', () => {
    expect(names(sortEntries(fleet, DEFAULT_SORT))).toEqual(['tyo', 'sin', 'wf', 'fra']);
  });

  test('sorts numbers in names by value', () => {
    const planes = ['p-10', 'p-9', 'p-1'].map((name) => entry({ name }));
    expect(names(sortEntries(planes, { by: 'name', descending: false }))).toEqual(['p-1', 'p-9', 'p-10']);
  });

  test('ignores accents and case', () => {
    expect(naturalKey('Ärger')).toBe(naturalKey('arger'));
  });

  test.each([true, false])('puts missing values last (descending: %s)', (descending) => {
    const planes = [
      entry({ name: 'silent', agent: { connected: false, connectedAgents: 0 } }),
      entry({ name: 'old', agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(9000) } }),
      entry({ name: 'new', agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(1000) } }),
    ];
    const expected = descending ? ['new', 'old', 'silent'] : ['old', 'new', 'silent'];
    expect(names(sortEntries(planes, { by: 'heartbeat', descending }))).toEqual(expected);
  });

  test('sorts by a label', () => {
    expect(names(sortEntries(fleet, { by: 'label:env', descending: false })).slice(0, 2)).toEqual([
      'sin',
      'fra',
    ]);
  });
});

describe('lines', () => {
  const lines = (changes: Partial<FleetView>) =>
    fleetItems(sortEntries(fleet, DEFAULT_SORT), view(changes)).map((item) =>
      item.type === 'group' ? `# ${item.title} ${item.size}` : item.entry.plane.name,
    );

  test("are the planes when the list isn't grouped", () => {
    expect(lines({})).toEqual(['tyo', 'sin', 'wf', 'fra']);
  });

  test('are ordered by groups, the group with the worst plane first', () => {
    expect(lines({ group: 'role' })).toEqual([
      '# Data planes 3',
      'tyo',
      'sin',
      'fra',
      '# Workflow planes 1',
      'wf',
    ]);
  });

  test('omit the planes of a folded group', () => {
    expect(lines({ group: 'role', closed: ['data'] })).toEqual([
      '# Data planes 3',
      '# Workflow planes 1',
      'wf',
    ]);
  });

  test('collect planes without the label in a group of their own', () => {
    expect(lines({ group: 'label:team', closed: [NO_GROUP_KEY] })).toEqual([
      '# Without label team 3',
      '# a 1',
      'fra',
    ]);
  });

  test('separate planes of one planeID but different roles, which are two clusters', () => {
    const planes = [
      entry({ name: 'one', planeID: 'x' }),
      entry({ name: 'two', planeID: 'x', kind: 'WorkflowPlane', plural: 'workflowplanes' }),
      entry({ name: 'three', planeID: 'x', kind: 'ClusterDataPlane', plural: 'clusterdataplanes' }),
    ];
    const groups = fleetItems(planes, { group: 'planeID', closed: [] }).filter(
      (item) => item.type === 'group',
    );
    expect(groups.map((group) => group.size)).toEqual([2, 1]);
  });
});

// Every object inherits these.
describe.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'a label key %s that no plane has',
  (key) => {
    test('matches no plane', () => {
      expect(filterEntries(fleet, view({ labels: [key] })).entries).toEqual([]);
    });

    test('sorts like any missing label', () => {
      const sorted = names(sortEntries(fleet, { by: `label:${key}`, descending: false }));
      expect(sorted).toEqual(names(sortEntries(fleet, { by: 'label:absent', descending: false })));
    });

    test('puts all planes into the group without the label', () => {
      const items = fleetItems(fleet, { group: `label:${key}`, closed: [] });
      expect(items[0]).toMatchObject({ title: `Without label ${key}`, size: fleet.length });
    });
  },
);

describe('planes without contact', () => {
  const lastKnown = (state: HealthState) => ({ health: { state, reasons: [] }, asOfMs: 0 });
  const lost = [
    { ...entry({ name: 'calm' }, 'unknown'), lastKnown: lastKnown('healthy') },
    { ...entry({ name: 'down' }, 'unknown'), lastKnown: lastKnown('disconnected') },
    { ...entry({ name: 'kept' }, 'unknown', 'maintenance'), lastKnown: lastKnown('disconnected') },
    entry({ name: 'never' }, 'unknown'),
  ];

  test('keep the order and the groups of their last known states', () => {
    const sorted = sortEntries(lost, DEFAULT_SORT);
    expect(names(sorted)).toEqual(['down', 'never', 'kept', 'calm']);
    const groups = fleetItems(sorted, { group: 'health', closed: [] }).filter(({ type }) => type === 'group');
    expect(groups.map(({ key }) => key)).toEqual(['disconnected', 'unknown', 'maintenance', 'healthy']);
  });

  test('count as unknown, and are found by both states', () => {
    const { counts, entries } = filterEntries(lost, view({ health: ['disconnected'] }));
    expect(counts).toMatchObject({ unknown: 3, maintenance: 1, disconnected: 0, healthy: 0 });
    expect(names(entries)).toEqual(['down']);
    expect(names(filterEntries(lost, view({ health: ['unknown'] })).entries)).toEqual([
      'calm',
      'down',
      'never',
    ]);
  });
});

describe('a plane in maintenance', () => {
  const withMaintenance = [
    ...fleet,
    entry({ name: 'silent' }, 'disconnected', 'maintenance'),
    entry({ name: 'calm' }, 'healthy', 'maintenance'),
    entry({ name: 'direct' }, 'unmonitored'),
    entry({ name: 'going' }, 'deleting'),
  ];

  test('sorts after all problems and before healthy planes, whatever its health', () => {
    expect(names(sortEntries(withMaintenance, DEFAULT_SORT))).toEqual([
      'tyo',
      'sin',
      'going',
      'calm',
      'silent',
      'direct',
      'wf',
      'fra',
    ]);
  });

  test('is counted and found as maintenance, not by its health', () => {
    const { counts } = filterEntries(withMaintenance, view({}));
    expect(counts).toMatchObject({ maintenance: 2, disconnected: 1, healthy: 2 });
    expect(names(filterEntries(withMaintenance, view({ health: ['maintenance'] })).entries)).toEqual([
      'silent',
      'calm',
    ]);
    expect(names(filterEntries(withMaintenance, view({ health: ['disconnected'] })).entries)).toEqual([
      'tyo',
    ]);
  });

  test('has a group of its own when grouped by health', () => {
    const groups = fleetItems(sortEntries(withMaintenance, DEFAULT_SORT), { group: 'health', closed: [] });
    expect(groups.flatMap((item) => (item.type === 'group' ? `${item.title} ${item.size}` : []))).toEqual([
      'Disconnected 1',
      'Stale 1',
      'Deleting 1',
      'Maintenance 2',
      'Not measured 1',
      'Healthy 2',
    ]);
  });
});
