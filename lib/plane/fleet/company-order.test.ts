import { describe, expect, test } from 'vitest';
import { ATTENTION_LABELS, ATTENTION_STATES } from '@/lib/plane/health/attention';
import { planeTitle } from '@/lib/plane/model/display-name';
import { BY_REGION, OLDEST_HEARTBEAT_FIRST, WORST_FIRST } from '@/testing/control-plane/small-company';
import { companyEntries } from '@/testing/plane/company-entries';
import { fleetItems } from './fleet-group';
import { sortEntries } from './fleet-sort';
import { DEFAULT_SORT, type FleetEntry, type FleetSort, type FleetView, type SortColumn } from './fleet-view';

/** The order and the groups of the list, on the planes that the browser tests create. */

const company = companyEntries();
const titles = (entries: readonly FleetEntry[]) => entries.map(({ plane }) => planeTitle(plane));
const sorted = (by: SortColumn, descending = false) => titles(sortEntries(company, { by, descending }));

const BY_NAME = [
  'Attic',
  'Builder',
  'Company pipelines',
  'Küche Zürich',
  'obs-globex',
  'Orders America',
  'Orders Europe',
  'Shared ground',
  'Tenant on shared ground',
  'Zentrale Beobachtung',
];
const ONE_AGENT = BY_NAME.filter(
  (title) => !['obs-globex', 'Orders America', 'Orders Europe'].includes(title),
);
const BY_CREATION = [
  'Orders Europe',
  'Orders America',
  'Küche Zürich',
  'Attic',
  'Shared ground',
  'Tenant on shared ground',
  'Builder',
  'Company pipelines',
  'obs-globex',
  'Zentrale Beobachtung',
];

describe('the order', () => {
  /** Ascending and descending. Ties stay in name order, and planes without a value stay last. */
  test.each<[SortColumn, readonly string[], readonly string[]]>([
    ['name', BY_NAME, BY_NAME.toReversed()],
    [
      'kind',
      [
        'Shared ground',
        'Zentrale Beobachtung',
        'Company pipelines',
        'Orders America',
        'Orders Europe',
        'Tenant on shared ground',
        'Attic',
        'Küche Zürich',
        'obs-globex',
        'Builder',
      ],
      [
        'Builder',
        'obs-globex',
        'Attic',
        'Küche Zürich',
        'Orders America',
        'Orders Europe',
        'Tenant on shared ground',
        'Company pipelines',
        'Zentrale Beobachtung',
        'Shared ground',
      ],
    ],
    [
      'planeID',
      [
        'Attic',
        'Builder',
        'Company pipelines',
        'Shared ground',
        'Tenant on shared ground',
        'Küche Zürich',
        'Zentrale Beobachtung',
        'obs-globex',
        'Orders Europe',
        'Orders America',
      ],
      [
        'Orders America',
        'Orders Europe',
        'obs-globex',
        'Zentrale Beobachtung',
        'Küche Zürich',
        'Shared ground',
        'Tenant on shared ground',
        'Company pipelines',
        'Builder',
        'Attic',
      ],
    ],
    [
      'agents',
      ['Orders Europe', ...ONE_AGENT, 'Orders America', 'obs-globex'],
      ['Orders America', ...ONE_AGENT, 'Orders Europe', 'obs-globex'],
    ],
    [
      'heartbeat',
      [...OLDEST_HEARTBEAT_FIRST, 'Builder', 'obs-globex'],
      [...OLDEST_HEARTBEAT_FIRST.toReversed(), 'Builder', 'obs-globex'],
    ],
    ['created', BY_CREATION, BY_CREATION.toReversed()],
    ['health', WORST_FIRST, [...WORST_FIRST.slice(6), ...WORST_FIRST.slice(0, 6).toReversed()]],
    [
      'label:region',
      BY_REGION,
      [
        'Orders America',
        'Orders Europe',
        'Shared ground',
        'Tenant on shared ground',
        'Küche Zürich',
        'Attic',
        'Builder',
        'Company pipelines',
        'obs-globex',
        'Zentrale Beobachtung',
      ],
    ],
  ])('by %s', (by, ascending, descending) => {
    expect(sorted(by)).toEqual(ascending);
    expect(sorted(by, true)).toEqual(descending);
  });
});

describe('the groups', () => {
  const groups = (group: FleetView['group'], sort: FleetSort = DEFAULT_SORT) =>
    fleetItems(sortEntries(company, sort), { group, closed: [] }).flatMap((item) =>
      item.type === 'group'
        ? [
            {
              title: item.title,
              size: item.size,
              counts: ATTENTION_STATES.filter((state) => item.counts[state] > 0).map(
                (state) => `${item.counts[state]} ${ATTENTION_LABELS[state]}`,
              ),
            },
          ]
        : [],
    );

  test('by role put the group with the worst plane first', () => {
    expect(groups('role')).toEqual([
      {
        title: 'Data planes',
        size: 6,
        counts: ['1 Disconnected', '1 Degraded', '1 Deleting', '3 Healthy'],
      },
      { title: 'Workflow planes', size: 2, counts: ['1 Stale', '1 Unknown'] },
      { title: 'Observability planes', size: 2, counts: ['1 Pending', '1 Healthy'] },
    ]);
    expect(groups('role', { by: 'health', descending: true }).map(({ title }) => title)).toEqual([
      'Data planes',
      'Observability planes',
      'Workflow planes',
    ]);
  });

  test('by role omit the planes of a collapsed group', () => {
    const items = fleetItems(sortEntries(company, DEFAULT_SORT), { group: 'role', closed: ['data'] });
    expect(titles(items.flatMap((item) => (item.type === 'plane' ? [item.entry] : [])))).toEqual([
      'Company pipelines',
      'Builder',
      'obs-globex',
      'Zentrale Beobachtung',
    ]);
  });

  test('by planeID join planes of the same role and planeID', () => {
    expect(groups('planeID')).toHaveLength(9);
    expect(groups('planeID')).toContainEqual({ title: 'ground · data', size: 2, counts: ['2 Healthy'] });
  });

  test('by health follow the states', () => {
    expect(groups('health').map(({ title, size }) => `${title} ${size}`)).toEqual([
      'Disconnected 1',
      'Stale 1',
      'Unknown 1',
      'Degraded 1',
      'Pending 1',
      'Deleting 1',
      'Healthy 4',
    ]);
  });

  test('by a label put planes without it in a group of their own', () => {
    expect(groups('label:region').map(({ title, size }) => `${title} ${size}`)).toEqual([
      'eu-west-1 3',
      'Without label region 5',
      'eu-central-1 1',
      'us-east-1 1',
    ]);
  });
});
