import { expect, test } from 'vitest';
import type { KubeRequest } from './kube-client';
import { listMetadata } from './object-metadata';

/** A client whose every page contains these items, and announces another page. */
function endlessClient(items: readonly unknown[]) {
  const requests: KubeRequest[] = [];
  const request = async (options: KubeRequest) => {
    requests.push(options);
    const body = { metadata: { continue: `page ${requests.length}` }, items };
    return { status: 200, body, etag: null, warnings: [] };
  };
  return { client: { request }, requests };
}

const ITEM = { kind: 'PartialObjectMetadata', metadata: { name: 'ca', labels: { a: 'b' } } };
const DELETING = {
  kind: 'PartialObjectMetadata',
  metadata: { name: 'old', deletionTimestamp: '2026-01-01T00:00:00Z' },
};

test('lists names and labels of at most ten pages, requesting only metadata', async () => {
  const { client, requests } = endlessClient([ITEM, DELETING]);
  const listed = await listMetadata(client, '/api/v1/namespaces/acme/secrets', { fieldSelector: 'type!=a' });
  expect(listed).toHaveLength(20);
  expect(listed.slice(0, 2)).toEqual([
    { name: 'ca', labels: { a: 'b' }, deleting: false },
    { name: 'old', labels: {}, deleting: true },
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
