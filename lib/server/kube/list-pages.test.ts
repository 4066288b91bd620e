import { describe, expect, test } from 'vitest';
import type { KubeRequest } from './kube-client';
import { type ListPage, listPages } from './list-pages';

function clientWith(pages: readonly unknown[]) {
  const queries: KubeRequest['query'][] = [];
  const request = async ({ query }: KubeRequest) => {
    queries.push(query);
    return { status: 200, body: pages[queries.length - 1], etag: null, warnings: [] };
  };
  return { client: { request }, queries };
}

async function allPages(...parameters: Parameters<typeof listPages>): Promise<ListPage[]> {
  const pages: ListPage[] = [];
  for await (const page of listPages(...parameters)) pages.push(page);
  return pages;
}

const SECRETS = { apiVersion: 'v1', kind: 'Secret' };
const LIST = { apiVersion: 'v1', kind: 'SecretList' };
const items = [{ metadata: { name: 'a' } }, { ...SECRETS, metadata: { name: 'b', namespace: 'acme' } }];
const FIRST = { ...LIST, metadata: { resourceVersion: '7', continue: 'next' }, items };
const LAST = { ...LIST, metadata: { resourceVersion: '7', continue: '' }, items: null };

test("lists page by page with the selection and the previous page's token", async () => {
  const { client, queries } = clientWith([FIRST, LAST]);
  const pages = await allPages(client, '/api/v1/secrets', SECRETS, { query: { a: 'b' } });
  expect(pages).toEqual([
    { items, resourceVersion: '7', next: 'next' },
    { items: [], resourceVersion: '7', next: undefined },
  ]);
  expect(queries).toEqual([
    { a: 'b', limit: '500' },
    { a: 'b', limit: '500', continue: 'next' },
  ]);
});

test('requests no further page when the caller stops', async () => {
  const { client, queries } = clientWith([FIRST, LAST]);
  for await (const { next } of listPages(client, '/api/v1/secrets', SECRETS)) {
    expect(next).toBe('next');
    break;
  }
  expect(queries).toHaveLength(1);
});

test("rejects a body that isn't a list", async () => {
  const { client } = clientWith(['no list']);
  await expect(allPages(client, '/api/v1/secrets', SECRETS)).rejects.toMatchObject({
    code: 'bad-answer',
  });
});

test.each([
  ['the same token again and again', () => 'same', 2],
  ['always another token', (page: number) => `page-${page}`, 1000],
])('gives up on a list that never ends, with %s', async (_, tokenOf, requests) => {
  let requested = 0;
  const request = async () => {
    requested += 1;
    const body = { ...LIST, metadata: { resourceVersion: '7', continue: tokenOf(requested) }, items: [] };
    return { status: 200, body, etag: null, warnings: [] };
  };
  await expect(allPages({ request }, '/api/v1/secrets', SECRETS)).rejects.toMatchObject({
    code: 'bad-answer',
  });
  expect(requested).toBe(requests);
});

describe('the answer to a request for a list proves nothing', () => {
  const none = { metadata: { resourceVersion: '7' }, items: [] };
  const listed = { ...SECRETS, namespace: 'acme' };
  const own = { metadata: { namespace: 'acme' } };

  test.each([
    ['a list of another kind', { ...none, apiVersion: 'v1', kind: 'ConfigMapList' }],
    ['a list of another API version', { ...none, apiVersion: 'v2', kind: 'SecretList' }],
    ['a list of unknown kind', none],
    ['a list with an object of another kind', { ...none, ...LIST, items: [{ ...own, kind: 'ConfigMap' }] }],
    [
      'a list with an object of another API version',
      { ...none, ...LIST, items: [{ ...own, apiVersion: 'v2' }] },
    ],
    ['a list of another namespace', { ...none, ...LIST, items: [{ metadata: { namespace: 'globex' } }] }],
    ['a list of something else than objects', { ...none, ...LIST, items: ['a'] }],
  ])('if it is %s', async (_, body) => {
    const { client } = clientWith([body]);
    await expect(allPages(client, '/api/v1/namespaces/acme/secrets', listed)).rejects.toMatchObject({
      code: 'bad-answer',
    });
  });
});
