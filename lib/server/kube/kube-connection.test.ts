import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KubeConnection } from './kube-connection';
import { kubeconfigLoader } from './kubeconfig';

let folder: string;
let file: string;
let caFile: string;
let events: string[];
let connection: KubeConnection;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planeboard-connection-'));
  file = join(folder, 'config');
  caFile = join(folder, 'ca.crt');
  writeFileSync(caFile, 'first');
  events = [];
  write({});
  connection = new KubeConnection(kubeconfigLoader(null, { KUBECONFIG: file }), {
    onReloaded: () => events.push('reloaded'),
    onReloadFailed: () => events.push('failed'),
    onOtherCluster: () => events.push('other cluster'),
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

describe('a reloaded credential', () => {
  test('leads to the same cluster when only the token is new', () => {
    write({ token: 'second' });
    connection.reload();
    expect(events).toEqual(['reloaded']);
  });

  test.each([
    ['another address', { port: 7443 }],
    ['another CA', { cluster: { 'certificate-authority-data': 'c2Vjb25k' } }],
  ])('leads to another cluster with %s, which is reported once', (_, changes) => {
    write(changes);
    connection.reload();
    connection.reload();
    expect(events).toEqual(['reloaded', 'other cluster', 'reloaded']);
  });

  test('leads to another cluster when its CA file has changed', () => {
    write({ cluster: { 'certificate-authority': caFile } });
    connection.reload();
    events = [];
    writeFileSync(caFile, 'second');
    connection.reload();
    expect(events).toEqual(['reloaded', 'other cluster']);
  });

  test("isn't used when the reload fails, which is reported", async () => {
    const { generation } = connection;
    writeFileSync(file, '{ half of');
    connection.reload();
    expect(events).toEqual(['failed']);
    expect(connection.generation).toBe(generation);
    await expect(connection.prepare()).resolves.toMatchObject({ serverUrl: 'https://127.0.0.1:6443' });
  });
});
