import { expect, test } from 'vitest';
import type { WallLimits } from '@/lib/api/wall';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import { limitedView } from './limited-view';
import { NO_LIMITS } from './wall-view';

const limits = (changes: Partial<WallLimits>): WallLimits => ({ ...NO_LIMITS, ...changes });
const inShop = { plural: 'dataplanes', namespace: 'shop', name: 'one' };
const inOther = { ...inShop, namespace: 'other' };
const workflow = { ...inShop, plural: 'workflowplanes' };
const shared = { plural: 'clusterdataplanes', name: 'shared' };

test.each<[Partial<WallLimits>, string[]]>([
  [{}, ['inShop', 'inOther', 'workflow', 'shared']],
  [{ namespaces: ['shop'] }, ['inShop', 'workflow']],
  [{ kinds: ['DataPlane'] }, ['inShop', 'inOther']],
  [{ roles: ['data'] }, ['inShop', 'inOther', 'shared']],
  [{ roles: ['data'], namespaces: ['shop'] }, ['inShop']],
])('a link with the limits %j lets see %j', (changes, expected) => {
  const { sees } = limitedView(limits(changes));
  const seen = Object.entries({ inShop, inOther, workflow, shared }).filter(([, scope]) => sees(scope));
  expect(seen.map(([name]) => name)).toEqual(expected);
});

test('its kinds are whole only without a choice of namespaces', () => {
  expect(limitedView(limits({ roles: ['data'] })).reachOf('dataplanes')).toBe('all');
  expect(limitedView(limits({ roles: ['data'] })).reachOf('workflowplanes')).toBe('none');
  expect(limitedView(limits({ namespaces: ['shop'] })).reachOf('dataplanes')).toBe('some');
  expect(limitedView(limits({ roles: ['data'] })).reachOf('unknownplanes')).toBe('none');
});

test('a preview shows no more than its person may see, and shares nothing with others', () => {
  const person: View = { key: 'p', sees: ({ name }) => name === 'one', reachOf: () => 'some' };
  const view = limitedView(limits({ namespaces: ['other', 'shop'] }), person);
  expect([inShop, { ...inShop, name: 'two' }].map(view.sees)).toEqual([true, false]);
  expect(view.reachOf('dataplanes')).toBe('some');
  expect(view.key).not.toBe(limitedView(limits({ namespaces: ['other', 'shop'] })).key);
  expect(limitedView(NO_LIMITS, person)).toBe(person);
  expect(limitedView(NO_LIMITS)).toBe(WHOLE_FLEET);
});

test('a namespace that a link excludes is out of reach', () => {
  const { reachOf } = limitedView(limits({ roles: ['data'], namespaces: ['shop'] }));
  expect(['shop', 'other'].map((namespace) => reachOf('dataplanes', namespace))).toEqual(['all', 'none']);
  expect(reachOf('workflowplanes', 'shop')).toBe('none');
});
