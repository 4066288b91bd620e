import { expect, test } from 'vitest';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { type NoPlanesReason, noPlanesBecause } from './no-planes-reason';

test.each<[NoPlanesReason, Source['state'][]]>([
  ['none', ['live', 'live']],
  ['none-visible', ['live', 'forbidden']],
  ['reading', ['live', 'syncing']],
  ['reading', ['live', 'lost']],
  ['reading', ['forbidden', 'syncing']],
  ['forbidden', ['forbidden', 'forbidden']],
  ['kinds-unknown', []],
])('says "%s" of kinds that are %o', (reason, states) => {
  const sources = states.map((state, index) => ({ plural: `kind${index}`, state, lastContactAt: null }));
  expect(noPlanesBecause({ state: 'reachable', lastContactAt: null }, sources)).toBe(reason);
});

test.each<[ApiServer['state']]>([['unreachable'], ['unauthorized'], ['connecting'], ['none-installed']])(
  'an API server that is %s explains it before any kind does',
  (state) => {
    const live: Source = { plural: 'dataplanes', state: 'live', lastContactAt: null };
    expect(noPlanesBecause({ state, lastContactAt: null }, [live])).toBe(state);
  },
);
