import { expect, test } from 'vitest';
import type { Source } from '@/lib/api/fleet';
import { FirstLists } from './first-lists';

const LIVE = { state: 'live' } as const;
const SYNCING = { state: 'syncing' } as const;
const FAILING = { state: 'syncing', problem: 'The list fails.' } as const;
const REACHABLE = { state: 'reachable' } as const;

type Sources = readonly Pick<Source, 'state' | 'problem'>[];

async function isSettled(lists: FirstLists): Promise<boolean> {
  const never = new Promise<false>((resolve) => setTimeout(() => resolve(false), 120));
  return Promise.race([lists.settled().then(() => true), never]);
}

test('streams wait until each kind is listed, and never again', async () => {
  let sources: Sources = [];
  const lists = new FirstLists(() => ({ apiServer: REACHABLE, sources }));
  expect(await isSettled(lists)).toBe(false);
  sources = [LIVE, SYNCING];
  expect(await isSettled(lists)).toBe(false);
  sources = [LIVE, LIVE];
  expect(await isSettled(lists)).toBe(true);
  sources = [LIVE, SYNCING];
  expect(await isSettled(lists)).toBe(true);
});

test.each<[string, 'unreachable' | 'unauthorized' | 'none-installed' | 'reachable', Sources]>([
  ["the API server can't be reached", 'unreachable', []],
  ['the API server rejects the credentials', 'unauthorized', []],
  ['no kind is installed', 'none-installed', []],
  ["a kind can't be listed", 'reachable', [LIVE, FAILING]],
])("streams don't wait when %s", async (_, state, sources) => {
  expect(await isSettled(new FirstLists(() => ({ apiServer: { state }, sources })))).toBe(true);
});
