import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { KubeRequest } from '@/lib/server/kube/kube-client';
import { KubeError } from '@/lib/server/kube/kube-error';
import { WatchCheck } from './watch-check';
import { WatchComparison } from './watch-comparison';

const LIST = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadataList' };
const PATH = '/apis/openchoreo.dev/v1alpha1/dataplanes';

let requests: KubeRequest[];
/** What the API server stores, by name. */
let stored: Map<string, string>;
let answer: ((request: KubeRequest) => unknown) | null;
let comparison: WatchComparison;
let results: string[];
let check: WatchCheck;

beforeEach(() => {
  vi.useFakeTimers();
  requests = [];
  stored = new Map();
  answer = null;
  results = [];
  comparison = new WatchComparison(() => performance.now());
  check = new WatchCheck({ request }, PATH, {}, comparison, () => performance.now(), {
    agreed: () => results.push('agreed'),
    missed: () => results.push('missed'),
    failed: ({ code }) => results.push(code),
  });
});
afterEach(() => {
  check.restart();
  vi.useRealTimers();
});

const tokenOf = (rv: number, start: string) =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start })).toString('base64url');
const startOf = (token: string | undefined): { rv: number; start: string } =>
  token === undefined ? { rv: 0, start: '' } : JSON.parse(Buffer.from(token, 'base64url').toString());

/** Answers as the API server does: pages of objects in order, and a token that names the first one's version. */
async function request(options: KubeRequest) {
  requests.push(options);
  if (answer) return { status: 200, etag: null, warnings: [], body: answer(options) };
  const { start } = startOf(options.query?.continue);
  const left = [...stored].filter(([name]) => name >= start).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const items = left.slice(0, 500).map(([name, resourceVersion]) => ({
    kind: 'PartialObjectMetadata',
    metadata: { uid: name, name, resourceVersion },
  }));
  const next = left[500]?.[0];
  const body = { ...LIST, metadata: { ...(next ? { continue: tokenOf(42, next) } : {}) }, items };
  return { status: 200, etag: null, warnings: [], body };
}

/** Stores and lists this many objects. */
function listed(count: number): void {
  for (let index = 0; index < count; index += 1) stored.set(`plane-${String(index).padStart(5, '0')}`, '1');
  comparison.replace(
    [...stored].map(([name, resourceVersion]) => ({ uid: name, key: name, resourceVersion })),
  );
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
async function readPage(): Promise<void> {
  await pass(1);
  await check.readPage(new AbortController().signal);
}

describe('a check', () => {
  test('requests one page of 500 objects, and nothing but their metadata', async () => {
    listed(3);
    await readPage();
    expect(results).toEqual(['agreed']);
    expect(requests).toMatchObject([
      { path: PATH, query: { limit: '500' }, headers: { accept: expect.stringMatching(/as=PartialObject/) } },
    ]);
  });

  test('continues with the next page as it is now, and begins again after the last', async () => {
    listed(1100);
    for (let page = 0; page < 4; page += 1) await readPage();
    expect(results).toEqual(['agreed', 'agreed', 'agreed', 'agreed']);
    const tokens = requests.map(({ query }) => query?.continue);
    expect([tokens[0], tokens[3]]).toEqual([undefined, undefined]);
    // -1 is the version of now: the page's own version is that of the first page's time.
    expect(startOf(tokens[1])).toEqual({ v: 'meta.k8s.io/v1', rv: -1, start: 'plane-00500' });
    expect(startOf(tokens[2])).toMatchObject({ rv: -1, start: 'plane-01000' });
  });

  test.each([
    [1, 5000],
    [1000, 5000],
    [1500, 10_000 / 3],
    [10_000, 5000],
  ])('of %i planes is due again after %d ms, so that 1,500 planes take less than 15 s', (count, periodMs) => {
    listed(count);
    expect(check.periodMs).toBeCloseTo(periodMs);
  });

  test('reports a change that the watch has missed for 5 s', async () => {
    listed(3);
    stored.set('plane-00001', '2');
    await readPage();
    expect(results).toEqual([]);
    await pass(4990);
    expect(results).toEqual([]);
    await pass(50);
    expect(results).toEqual(['missed']);
  });

  test('reports nothing when the watch delivers the change within 5 s', async () => {
    listed(3);
    stored.set('plane-00001', '2');
    await readPage();
    await pass(4900);
    comparison.set({ uid: 'plane-00001', key: 'plane-00001', resourceVersion: '2' });
    await pass(10_000);
    expect(results).toEqual([]);
    await readPage();
    expect(results).toEqual(['agreed']);
  });

  test('reports nothing for 10,000 planes that are written all the time', async () => {
    listed(10_000);
    for (let page = 0; page < 40; page += 1) {
      for (const name of stored.keys()) stored.set(name, String(page));
      await readPage();
      // The watch is a second late.
      await pass(1000);
      for (const [name, resourceVersion] of stored) comparison.set({ uid: name, key: name, resourceVersion });
      await pass(4000);
    }
    expect(results).not.toContain('missed');
  });

  test('begins anew when the list does, and takes nothing from a page of before', async () => {
    listed(600);
    await readPage();
    const reading = check.readPage(new AbortController().signal);
    check.restart();
    await reading;
    expect(results).toEqual(['agreed']);
    await readPage();
    expect(requests.at(-1)?.query).toEqual({ limit: '500' });
  });

  test.each([
    ['forbidden', new KubeError('forbidden', 'You may not.', 403)],
    ['expired', new KubeError('expired', 'The token is too old.', 410)],
    ['bad-answer', null],
  ])('that fails (%s) proves nothing, and begins again with the first page', async (code, error) => {
    listed(600);
    await readPage();
    answer = () => {
      if (error) throw error;
      return 'no list';
    };
    await readPage();
    expect(results).toEqual(['agreed', code]);
    answer = null;
    await readPage();
    expect(requests.at(-1)?.query).toEqual({ limit: '500' });
  });

  test('passes on a token in a form that it does not know', async () => {
    listed(2);
    answer = ({ query }) =>
      query?.continue === undefined
        ? {
            ...LIST,
            metadata: { continue: 'opaque' },
            items: [{ metadata: { uid: 'plane-00000', name: 'plane-00000', resourceVersion: '1' } }],
          }
        : {
            ...LIST,
            metadata: {},
            items: [{ metadata: { uid: 'plane-00001', name: 'plane-00001', resourceVersion: '1' } }],
          };
    await readPage();
    await pass(5000);
    // It may show the objects of the first page's time, so what changed since isn't compared.
    comparison.set({ uid: 'plane-00001', key: 'plane-00001', resourceVersion: '2' });
    await readPage();
    expect(requests.map(({ query }) => query?.continue)).toEqual([undefined, 'opaque']);
    expect(results).toEqual(['agreed', 'agreed']);
  });
});
