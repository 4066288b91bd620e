import { expect, test } from 'vitest';
import type { KubeRequest } from './kube-client';
import { listMetadata, readMetadata } from './object-metadata';

/** A client whose every page contains these items, and announces another page. */
function endlessClient(items: readonly unknown[]) {
  const requests: KubeRequest[] = [];
  const request = async (options: KubeRequest) => {
    requests.push(options);
    const metadata = { continue: `page ${requests.length}` };
    const body = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadataList', metadata, items };
    return { status: 200, body, etag: null, warnings: [] };
  };
  return { client: { request }, requests };
}

const CREATED = '2025-12-31T00:00:00Z';
const ITEM = {
  kind: 'PartialObjectMetadata',
  metadata: {
    namespace: 'acme',
    name: 'ca',
    uid: 'uid-1',
    creationTimestamp: CREATED,
    labels: { a: 'b' },
    annotations: { c: 'd' },
  },
};
const DELETING = {
  kind: 'PartialObjectMetadata',
  metadata: { name: 'old', deletionTimestamp: '2026-01-01T00:00:00Z' },
};

test('lists the metadata of at most ten pages, requesting nothing else', async () => {
  const { client, requests } = endlessClient([ITEM, DELETING]);
  const listed = await listMetadata(client, '/api/v1/namespaces/acme/secrets', { fieldSelector: 'type!=a' });
  expect(listed).toHaveLength(20);
  expect(listed.slice(0, 2)).toEqual([
    {
      namespace: 'acme',
      name: 'ca',
      uid: 'uid-1',
      createdAt: CREATED,
      labels: { a: 'b' },
      annotations: { c: 'd' },
      deleting: false,
    },
    {
      namespace: undefined,
      name: 'old',
      uid: '',
      createdAt: '',
      labels: {},
      annotations: {},
      deleting: true,
    },
  ]);
  expect(requests).toHaveLength(10);
  for (const { headers, query } of requests) {
    expect(headers?.accept).toMatch(/as=PartialObjectMetadataList/);
    expect(query).toMatchObject({ fieldSelector: 'type!=a', limit: '500' });
  }
});

test('rejects whole objects, which could carry the values of Secrets', async () => {
  const { client } = endlessClient([{ kind: 'Secret', metadata: { name: 'ca' }, data: { key: 'dmFsdWU=' } }]);
  await expect(listMetadata(client, '/api/v1/namespaces/acme/secrets')).rejects.toMatchObject({
    code: 'bad-answer',
  });
});

test("reads an object's metadata, and rejects that of another object", async () => {
  const body = { apiVersion: 'meta.k8s.io/v1', ...ITEM };
  const client = { request: async () => ({ status: 200, body, etag: null, warnings: [] }) };
  const place = { path: '/api/v1/namespaces/acme/secrets/ca', namespace: 'acme', name: 'ca' };
  expect(await readMetadata(client, place)).toMatchObject({ uid: 'uid-1', annotations: { c: 'd' } });
  for (const other of [{ name: 'other' }, { namespace: 'other' }])
    await expect(readMetadata(client, { ...place, ...other })).rejects.toMatchObject({ code: 'bad-answer' });
});
