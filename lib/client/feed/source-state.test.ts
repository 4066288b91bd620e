import { expect, test } from 'vitest';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { isKindHeard, isSourceTroubled } from './source-state';

const source = (plural: string, state: Source['state']): Source => ({ plural, state, lastContactAt: null });

test.each<[string, boolean, ApiServer['state'], Source[]]>([
  ['is live', true, 'reachable', [source('dataplanes', 'live')]],
  ['is being read', false, 'reachable', [source('dataplanes', 'syncing')]],
  ['is lost', false, 'reachable', [source('dataplanes', 'lost')]],
  ['is forbidden', false, 'reachable', [source('dataplanes', 'forbidden')]],
  ['is not installed, while others are', true, 'reachable', [source('buildplanes', 'live')]],
  ['is not installed, nor is any other', true, 'none-installed', []],
  ['may be installed: the server has just started', false, 'connecting', []],
  ['may be installed: what is has not been answered yet', false, 'reachable', []],
  ['may be installed: the API server is away', false, 'unreachable', []],
])('a kind that %s is heard: %s', (_, heard, state, sources) => {
  expect(isKindHeard('dataplanes', { apiServer: { state, lastContactAt: null }, sources })).toBe(heard);
});

test.each<[boolean, Source]>([
  [true, source('dataplanes', 'lost')],
  [true, { ...source('dataplanes', 'syncing'), problem: 'The API server failed.' }],
  [false, source('dataplanes', 'syncing')],
  [false, source('dataplanes', 'live')],
  [false, { ...source('dataplanes', 'forbidden'), problem: 'Listing is refused.' }],
])('is troubled: %s, %o', (troubled, item) => {
  expect(isSourceTroubled(item)).toBe(troubled);
});
