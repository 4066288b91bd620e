import { describe, expect, test } from 'vitest';
import { enterUrl, limitsOf, parseWallAddress, type WallAddress, wallQuery, wallUrl } from './wall-address';

const ORIGIN = 'https://planeboard.example.com';
const PLAIN: WallAddress = {
  filter: { roles: [], kinds: [], namespaces: [], labels: [], health: [] },
  group: null,
  choices: { title: null, theme: { name: 'system' }, pageSeconds: 15 },
};
const FULL: WallAddress = {
  filter: {
    roles: ['build', 'data'],
    kinds: ['ClusterDataPlane', 'DataPlane'],
    namespaces: ['acme', 'globex'],
    labels: ['example.com/env=prod', 'team'],
    health: ['disconnected', 'stale'],
  },
  group: 'label:openchoreo.dev/region',
  choices: {
    title: 'Platform & friends: 100 %',
    theme: { name: 'auto', fromHour: 6, toHour: 20 },
    pageSeconds: 20,
  },
};

const roundTrip = (address: WallAddress) => parseWallAddress(new URLSearchParams(wallQuery(address)));

describe("a wall's address", () => {
  test.each<[string, WallAddress]>([
    ['nothing chosen', PLAIN],
    ['everything chosen', FULL],
    ['a grouping by role', { ...PLAIN, group: 'role' }],
    ['a grouping by namespace', { ...PLAIN, group: 'namespace' }],
    ['the light theme', { ...PLAIN, choices: { ...PLAIN.choices, theme: { name: 'light' } } }],
    ['the dark theme', { ...PLAIN, choices: { ...PLAIN.choices, theme: { name: 'dark' } } }],
    [
      'a day with the default hours',
      { ...PLAIN, choices: { ...PLAIN.choices, theme: { name: 'auto', fromHour: 7, toHour: 19 } } },
    ],
    ['a title that looks like a query', { ...PLAIN, choices: { ...PLAIN.choices, title: 'a&role=b=c+d#e' } }],
    ['an unknown role', { ...PLAIN, filter: { ...PLAIN.filter, roles: ['everything'] } }],
    ['the longest page', { ...PLAIN, choices: { ...PLAIN.choices, pageSeconds: 3600 } }],
  ])('round-trips with %s', (_, address) => {
    expect(roundTrip(address)).toEqual(address);
  });

  test('contains only what was chosen and is readable', () => {
    expect(wallQuery(PLAIN)).toBe('');
    expect(wallUrl(ORIGIN, PLAIN)).toBe(`${ORIGIN}/wall`);
    expect(wallUrl(ORIGIN, { ...PLAIN, group: 'label:openchoreo.dev/region' })).toBe(
      `${ORIGIN}/wall?group=label:openchoreo.dev/region`,
    );
    expect(wallQuery(FULL)).toContain('theme=auto:6-20');
    expect(wallQuery(FULL)).toContain('label=example.com/env=prod&label=team');
  });
});

describe('enterUrl', () => {
  test('contains the token and the choices, not the limits, which are stored with the token', () => {
    const url = new URL(enterUrl(ORIGIN, 'to-ken_1', FULL));
    expect(url.pathname).toBe('/wall/enter');
    expect(url.searchParams.get('token')).toBe('to-ken_1');
    url.searchParams.delete('token');
    expect(parseWallAddress(url.searchParams)).toEqual({
      ...FULL,
      // Neither limits a link.
      filter: {
        ...PLAIN.filter,
        labels: ['example.com/env=prod', 'team'],
        health: ['disconnected', 'stale'],
      },
    });
    expect(limitsOf(FULL)).toEqual({
      roles: ['build', 'data'],
      kinds: ['ClusterDataPlane', 'DataPlane'],
      namespaces: ['acme', 'globex'],
    });
  });

  test('contains only the token for a wall without choices', () => {
    expect(enterUrl(ORIGIN, 'to-ken_1', PLAIN)).toBe(`${ORIGIN}/wall/enter?token=to-ken_1`);
  });
});
