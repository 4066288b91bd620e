import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KubeConnection } from './kube-connection';
import { kubeconfigLoader } from './kubeconfig';

let folder: string;
let file: string;
let caFile: string;
let told: string[];
let connection: KubeConnection;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planeboard-connection-'));
  file = join(folder, 'config');
  caFile = join(folder, 'ca.crt');
  writeFileSync(caFile, 'first');
  told = [];
  write({});
  connection = new KubeConnection(kubeconfigLoader(null, { KUBECONFIG: file }), {
    onReloaded: () => told.push('reloaded'),
    onReloadFailed: () => told.push('failed'),
    onOtherCluster: () => told.push('other cluster'),
  });
});
afterEach(async () => {
  await connection.close();
  rmSync(folder, { recursive: true });
});

function write({ port = 6443, token = 'first', cluster = {} as object }): void {
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'kind',
      clusters: [{ name: 'kind', cluster: { server: `https://127.0.0.1:${port}`, ...cluster } }],
      users: [{ name: 'admin', user: { token } }],
      contexts: [{ name: 'kind', context: { cluster: 'kind', user: 'admin' } }],
    }),
  );
}

describe('a credential that is read again', () => {
  test('with a new token leads to the same cluster', () => {
    write({ token: 'second' });
    connection.reload();
    expect(told).toEqual(['reloaded']);
  });

  test.each([
    ['another address', { port: 7443 }],
    ['another CA', { cluster: { 'certificate-authority-data': 'c2Vjb25k' } }],
  ])('with %s leads to another cluster, which is said once', (_, changes) => {
    write(changes);
    connection.reload();
    connection.reload();
    expect(told).toEqual(['reloaded', 'other cluster', 'reloaded']);
  });

  test('whose CA stands in a file leads to another cluster when that differs', () => {
    write({ cluster: { 'certificate-authority': caFile } });
    connection.reload();
    told = [];
    writeFileSync(caFile, 'second');
    connection.reload();
    expect(told).toEqual(['reloaded', 'other cluster']);
  });

  test('and cannot be says so, and what was read before stays', async () => {
    const { generation } = connection;
    writeFileSync(file, '{ half of');
    connection.reload();
    expect(told).toEqual(['failed']);
    expect(connection.generation).toBe(generation);
    await expect(connection.prepare()).resolves.toMatchObject({ serverUrl: 'https://127.0.0.1:6443' });
  });
});
