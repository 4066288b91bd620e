import { describe, expect, test } from 'vitest';
import { ATTENTION_LABELS, ATTENTION_STATES, type AttentionCounts } from '@/lib/plane/health/attention';
import { worstReasonText } from '@/lib/plane/health/worst-reason';
import { planeTitle } from '@/lib/plane/model/display-name';
import { HEALTH_COUNTS, WORST_FIRST } from '@/testing/control-plane/small-company';
import { companyEntries } from '@/testing/plane/company-entries';
import { filterSections, type ListFilterName } from './filter-sections';
import { fleetFacets } from './fleet-facets';
import { filterEntries } from './fleet-filter';
import { sortEntries } from './fleet-sort';
import {
  DEFAULT_SORT,
  DEFAULT_VIEW,
  type FleetEntry,
  type FleetView,
  isFiltered,
  withoutFilters,
} from './fleet-view';

/** The rules of the list on the planes that the browser tests create. */

const company = companyEntries();
const titles = (entries: readonly FleetEntry[]) => entries.map(({ plane }) => planeTitle(plane));
const view = (changes: Partial<FleetView>): FleetView => ({ ...DEFAULT_VIEW, ...changes });
const shown = (changes: Partial<FleetView>) =>
  titles(sortEntries(filterEntries(company, view(changes)).entries, changes.sort ?? DEFAULT_SORT));

/** The counts of a list as its health filter shows them. */
function countTexts(counts: AttentionCounts): string[] {
  return ATTENTION_STATES.filter((state) => counts[state] > 0).map(
    (state) => `${counts[state]}${ATTENTION_LABELS[state]}`,
  );
}

/** Chooses values of the filter panel by their section's title and their label, as a person does. */
function withFilters(...chosen: readonly (readonly [title: string, label: string])[]): FleetView {
  const sections = filterSections(fleetFacets(company));
  const filters: Partial<Record<ListFilterName, string[]>> = {};
  for (const [title, label] of chosen) {
    const section = sections.find((item) => item.title === title);
    const option = section?.options.find((item) => item.label === label);
    if (!section || !option) throw new Error(`There is no filter ${title} ${label}.`);
    filters[section.name] = [...(filters[section.name] ?? []), option.value];
  }
  return { ...DEFAULT_VIEW, ...(filters as Partial<FleetView>) };
}

test('the list shows the worst planes first, each with its state and reason', () => {
  expect(shown({})).toEqual(WORST_FIRST);
  const states = sortEntries(company, DEFAULT_SORT).map(({ attention, health }) => [
    ATTENTION_LABELS[attention],
    worstReasonText(health),
  ]);
  expect(states).toEqual([
    ['Disconnected', expect.stringMatching(/^Agent disconnected 5 h ago, between /)],
    ['Stale', expect.stringContaining('Last heartbeat 8 days ago.')],
    ['Unknown', expect.stringContaining('has no readable heartbeat to prove it')],
    [
      'Degraded',
      expect.stringContaining('Ready is False (ProvisioningFailed): The chart gateway-controllers'),
    ],
    ['Pending', expect.stringContaining("The controller hasn't reported a status yet.")],
    ['Deleting', expect.stringContaining('Being deleted.')],
    ['Healthy', ''],
    ['Healthy', expect.stringContaining('This plane shares planeID "ground"')],
    ['Healthy', ''],
    ['Healthy', ''],
  ]);
});

describe('the search', () => {
  test.each([
    ['the display name', 'Orders Eur', ['Orders Europe']],
    ['the resource name hidden by a display name', 'kitchen', ['Küche Zürich']],
    ['the namespace', 'globex', ['Küche Zürich', 'obs-globex', 'Attic']],
    ['the planeID', 'orders-us-cluster', ['Orders America']],
    ['the description', 'baskets', ['Orders Europe']],
    ['a label and its value', 'env=staging', ['Shared ground', 'Tenant on shared ground']],
    ['several words in any order and case', 'PROD america', ['Orders America']],
    ['nothing in any of them', 'no such plane', []],
  ])('matches %s', (_target, q, expected) => {
    expect(shown({ q })).toEqual(expected);
  });
});

describe('the filters', () => {
  test('offer every value of the fleet with its number of planes', () => {
    const sections = filterSections(fleetFacets(company)).map(({ title, options }) => [
      title,
      options.map(({ label, planes }) => `${label} ${planes}`),
    ]);
    expect(Object.fromEntries(sections)).toMatchObject({
      Role: ['Data 6', 'Workflow 2', 'Observability 2'],
      Kind: [
        'Data plane 5',
        'Cluster data plane 1',
        'Workflow plane 1',
        'Cluster workflow plane 1',
        'Observability plane 1',
        'Cluster observability plane 1',
      ],
      Scope: ['Namespaced 7', 'Cluster-wide 3'],
      Namespace: ['acme 4', 'globex 3'],
      'Label env': ['prod 6', 'dev 2', 'staging 2'],
      'Label region': ['eu-west-1 3', 'eu-central-1 1', 'us-east-1 1'],
    });
  });

  test.each([
    ['Role', 'Workflow', ['Company pipelines', 'Builder']],
    ['Kind', 'Cluster observability plane', ['Zentrale Beobachtung']],
    ['Scope', 'Cluster-wide', ['Company pipelines', 'Shared ground', 'Zentrale Beobachtung']],
    ['Namespace', 'acme', ['Orders Europe', 'Builder', 'Orders America', 'Tenant on shared ground']],
    ['Label region', 'eu-west-1', ['Orders Europe', 'Shared ground', 'Tenant on shared ground']],
  ] as const)('%s shows only planes with "%s" until it is removed', (title, label, expected) => {
    const filtered = withFilters([title, label]);
    expect(shown(filtered)).toEqual(expected);
    expect(isFiltered(filtered)).toBe(true);
    expect(shown(withoutFilters(filtered))).toEqual(WORST_FIRST);
  });

  test('combine with AND, and values of the same filter with OR', () => {
    expect(shown(withFilters(['Namespace', 'acme'], ['Namespace', 'globex']))).toHaveLength(7);
    expect(shown(withFilters(['Namespace', 'acme'], ['Namespace', 'globex'], ['Label env', 'dev']))).toEqual([
      'Küche Zürich',
      'Attic',
    ]);
  });

  test('by health show one state or several, and keep the counts of what the other filters leave', () => {
    const { counts } = filterEntries(company, view({ health: ['healthy'] }));
    expect(countTexts(counts)).toEqual(HEALTH_COUNTS);
    expect(shown({ health: ['healthy'] })).toEqual(WORST_FIRST.slice(6));
    expect(shown({ health: ['stale', 'healthy'] })).toEqual(['Company pipelines', ...WORST_FIRST.slice(6)]);
    expect(countTexts(filterEntries(company, withFilters(['Namespace', 'globex'])).counts)).toEqual([
      '1Degraded',
      '1Pending',
      '1Deleting',
    ]);
  });
});
