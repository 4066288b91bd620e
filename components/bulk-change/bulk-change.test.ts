import { afterEach, expect, test, vi } from 'vitest';
import type { PlaneEditAnswer, PlaneEditRequest } from '@/lib/api/edit';
import { createQueryClient } from '@/lib/client/api/query-client';
import { aPlane } from '@/testing/plane/plane-fixture';
import {
  type BulkEntry,
  bulkChange,
  entriesToSave,
  entryText,
  managedEntries,
  tableOrder,
  withOutcomes,
} from './bulk-change';
import { labelsValue } from './label-changes';
import { outcomesCsv, summaryText } from './outcome-summary';

afterEach(() => vi.unstubAllGlobals());

const ARGO = { tool: 'argocd' as const, name: 'shop', evidence: 'label' };
const WANTED = { env: 'prod' };

type Reply = Partial<PlaneEditAnswer> | { readonly status: number; readonly detail: string } | 'lost';

/** Stubs a server that answers the requests in order. Returns the requests. */
function serve(...replies: Reply[]): PlaneEditRequest[] {
  const requests: PlaneEditRequest[] = [];
  vi.stubGlobal('fetch', async (_path: string, { body }: RequestInit) => {
    requests.push(JSON.parse(String(body)));
    const reply = replies.shift();
    if (reply === 'lost') throw new TypeError('Failed to fetch');
    if (reply && 'status' in reply)
      return Response.json(
        { type: 'about:blank', title: 'No.', code: 'forbidden', ...reply },
        { status: reply.status },
      );
    const stored = {
      dryRun: true,
      resourceVersion: '2',
      before: 'a',
      after: 'b',
      notStored: [],
      warnings: [],
    };
    return Response.json({ ...stored, ...reply });
  });
  return requests;
}

const entry = (changes: Partial<BulkEntry> = {}): BulkEntry => ({
  plane: aPlane(),
  state: 'unchecked',
  ...changes,
});
const change = () => bulkChange(labelsValue(WANTED), WANTED, createQueryClient());

test('writes nothing before a dry run, and then only the wanted labels', async () => {
  const requests = serve({}, { dryRun: false });
  const bulk = change();
  await expect(bulk.save(entry())).rejects.toThrow('only after its dry run');
  const checked = await bulk.check(entry());
  expect(checked).toMatchObject({ state: 'ready' });
  await expect(bulk.save(checked)).resolves.toMatchObject({ state: 'saved' });
  expect(requests).toEqual([
    { resourceVersion: '1', dryRun: true, changes: { labels: WANTED } },
    { resourceVersion: '1', changes: { labels: WANTED } },
  ]);
});

test.each<[string, Reply, Partial<BulkEntry>]>([
  ['a plane that is already so', { before: 'a', after: 'a' }, { state: 'same' }],
  ['a managed plane', { managedBy: ARGO }, { state: 'ready', managedBy: ARGO }],
  [
    'a missing right',
    { status: 403, detail: 'You may not.' },
    { state: 'rejected', message: 'You may not.' },
  ],
  [
    'a change that a webhook drops',
    { notStored: [['metadata', 'labels', 'env']] },
    { state: 'rejected', message: expect.stringContaining("Won't be stored as requested") },
  ],
])('the dry run reports %s', async (_name, reply, expected) => {
  serve(reply);
  await expect(change().check(entry())).resolves.toMatchObject(expected);
});

test('a write whose answer is lost has an unknown outcome, and can be repeated', async () => {
  serve({}, 'lost', { dryRun: false });
  const bulk = change();
  const lost = await bulk.save(await bulk.check(entry()));
  expect(lost).toMatchObject({ state: 'unknown', message: expect.stringContaining('Outcome unknown') });
  expect(entriesToSave([lost], false)).toEqual([lost]);
  await expect(bulk.save(lost)).resolves.toMatchObject({ state: 'saved' });
});

test('planes that another tool manages are left out unless they are included', async () => {
  const requests = serve({ managedBy: ARGO }, { dryRun: false });
  const bulk = change();
  const managed = await bulk.check(entry());
  const entries = [managed, entry({ state: 'ready' }), entry({ state: 'same', managedBy: ARGO })];
  expect(managedEntries(entries)).toEqual([managed]);
  expect(entriesToSave(entries, false)).toEqual([entries[1]]);
  expect(entriesToSave(entries, true)).toEqual(entries.slice(0, 2));
  expect(entryText(managed, false)).toBe('Left out: managed by Argo CD (shop)');
  expect(entryText(managed, true)).toBe('Will change, and Argo CD (shop) will revert it');
  await bulk.save(managed);
  expect(requests[1]).toMatchObject({ evenIfManaged: true });
});

test('a stopped run keeps what is done, and the next run writes the rest', () => {
  const planes = ['a', 'b', 'c'].map((uid) => entry({ plane: aPlane({ uid }), state: 'ready' }));
  const [a, b, c] = planes as [BulkEntry, BulkEntry, BulkEntry];
  const after = withOutcomes(
    planes,
    [
      { item: a, state: 'done' },
      { item: b, state: 'failed', problem: 'No.' },
      { item: c, state: 'not-started' },
    ],
    new Map([['a', { ...a, state: 'saved' }]]),
  );
  expect(after.map(({ state }) => state)).toEqual(['saved', 'failed', 'ready']);
  expect(entriesToSave(after, false).map(({ plane }) => plane.uid)).toEqual(['b', 'c']);
  expect(tableOrder(after).map(({ state }) => state)).toEqual(['failed', 'ready', 'saved']);
  expect(summaryText(after, 'save')).toBe('Saved 1 plane. 1 not saved. 1 not changed yet.');
  expect(outcomesCsv(after, false).split('\r\n')).toEqual([
    'plane,outcome,message',
    'dataplanes/acme/prod,Not saved,No.',
    'dataplanes/acme/prod,Will change,',
    'dataplanes/acme/prod,Saved,',
    '',
  ]);
});
