import { describe, expect, test } from 'vitest';
import { fleetViewSearch, parseFleetView } from './fleet-url';
import { DEFAULT_VIEW, type FleetView } from './fleet-view';

const parse = (search: string) => parseFleetView(new URLSearchParams(search));

describe('the list in the URL', () => {
  test('is empty for the default view', () => {
    expect(fleetViewSearch(DEFAULT_VIEW)).toBe('');
    expect(parse('')).toEqual(DEFAULT_VIEW);
  });

  test('round-trips every choice', () => {
    const view: FleetView = {
      q: 'a=b, 50% "東京" & more %2C',
      health: ['disconnected', 'stale', 'maintenance'],
      roles: ['data'],
      kinds: ['DataPlane', 'ClusterDataPlane'],
      scopes: ['Cluster'],
      namespaces: ['acme'],
      owners: ['Team Checkout, night shift', '', 'none', '50 %', '%2C'],
      labels: ['example.com/env=prod', 'team'],
      certificates: ['expired', 'self-signed-leaf'],
      columns: ['example.com/env'],
      extras: ['certificate'],
      sort: { by: 'label:example.com/env', descending: true },
      group: 'label:team',
      closed: ['=a', '(none)'],
    };
    expect(parse(fleetViewSearch(view))).toEqual(view);
  });

  test('includes the grouping by health', () => {
    expect(parse('group=health&health=maintenance')).toMatchObject({
      group: 'health',
      health: ['maintenance'],
    });
  });

  test('is readable', () => {
    const view = {
      ...DEFAULT_VIEW,
      labels: ['env=prod', 'env=dev'],
      sort: { by: 'heartbeat', descending: true },
    } as const;
    expect(fleetViewSearch(view)).toBe('?label=env=prod,env=dev&sort=-heartbeat');
  });

  test.each([
    ['an unknown state', 'health=nonsense', { health: [] }],
    ['an unknown column', 'sort=-nonsense', { sort: DEFAULT_VIEW.sort }],
    ['a label column without a label', 'sort=label:', { sort: DEFAULT_VIEW.sort }],
    ['an unknown grouping', 'group=nonsense', { group: null }],
    ["a prototype's name", 'kind=constructor', { kinds: [] }],
  ])('ignores %s', (_, search, expected) => {
    expect(parse(search)).toMatchObject(expected);
  });

  test('cuts a search at 200 characters', () => {
    expect(parse(`q=${'x'.repeat(5000)}`).q).toHaveLength(200);
  });
});
