import { expect, test } from '@/e2e/support/fixtures';
import { smallCompany, WORST_FIRST } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes }) => {
  await planes.add(...smallCompany());
});

interface SortCase {
  readonly column: string;
  /** Ascending. */
  readonly first: readonly string[];
  /** Descending. Ties stay in name order, and planes without a value stay last. */
  readonly second: readonly string[];
}

const ONE_AGENT = [
  'Attic',
  'Builder',
  'Company pipelines',
  'Küche Zürich',
  'Shared ground',
  'Tenant on shared ground',
  'Zentrale Beobachtung',
];
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
const BY_HEARTBEAT = [
  'Company pipelines',
  'Orders Europe',
  'Attic',
  'Zentrale Beobachtung',
  'Tenant on shared ground',
  'Shared ground',
  'Küche Zürich',
  'Orders America',
];
const SORTS: readonly SortCase[] = [
  { column: 'Plane', first: BY_NAME, second: BY_NAME.toReversed() },
  {
    column: 'Kind',
    first: [
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
    second: [
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
  },
  {
    column: 'Plane ID',
    first: [
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
    second: [
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
  },
  {
    column: 'Agents',
    first: ['Orders Europe', ...ONE_AGENT, 'Orders America', 'obs-globex'],
    second: ['Orders America', ...ONE_AGENT, 'Orders Europe', 'obs-globex'],
  },
  {
    column: 'Heartbeat',
    first: [...BY_HEARTBEAT, 'Builder', 'obs-globex'],
    second: [...BY_HEARTBEAT.toReversed(), 'Builder', 'obs-globex'],
  },
];
for (const { column, first, second } of SORTS) {
  test(`sorts by ${column} and reverses the order on a second click`, async ({ fleet }) => {
    await fleet.open();
    await fleet.sortBy(column);
    await expect(fleet.names).toHaveText([...first]);
    await expect(fleet.table.getByRole('columnheader', { name: column, exact: true })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await fleet.sortBy(column);
    await expect(fleet.names).toHaveText([...second]);
  });
}

test('sorting by health in reverse shows the healthiest planes first', async ({ fleet }) => {
  await fleet.open();
  await fleet.sortBy('Health');
  const [disconnected, stale, unknown, degraded, pending, deleting, ...healthy] = WORST_FIRST;
  const bestFirst = [...healthy, deleting, pending, degraded, unknown, stale, disconnected];
  await expect(fleet.names).toHaveText(bestFirst);
});

test('sorting by creation follows the creationTimestamp of each plane', async ({ fleet, planes }) => {
  const byCreation = await Promise.all(
    smallCompany().map(async (plane) => ({
      title: plane.displayName ?? plane.name,
      at: (await planes.get(plane)).metadata.creationTimestamp ?? '',
    })),
  );
  // Timestamps have whole seconds; planes created in the same second are sorted by name.
  byCreation.sort((a, b) => a.at.localeCompare(b.at) || BY_NAME.indexOf(a.title) - BY_NAME.indexOf(b.title));
  await fleet.open();
  await fleet.sortBy('Created');
  await expect(fleet.names).toHaveText(byCreation.map(({ title }) => title));
});
