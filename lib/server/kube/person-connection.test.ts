import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { expect, test, vi } from 'vitest';
import { ApiServerClock } from './api-server-clock';
import { KubeClient } from './kube-client';
import type { IdentityConnection } from './kube-connection';
import { PersonConnection } from './person-connection';

function accountAt(serverUrl: string) {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: 'c', server: serverUrl, skipTLSVerify: true }],
    users: [{ name: 'person' }],
    contexts: [{ name: 'c', cluster: 'c', user: 'person' }],
    currentContext: 'c',
  });
  return { clusterOnly: () => ({ serverUrl, kubeConfig }), proxy: null };
}

test('sends nothing but the token', async () => {
  const connection = new PersonConnection(accountAt('https://api.example.com'), 'canary');
  expect((await connection.prepare()).headers).toEqual({ Authorization: 'Bearer canary' });
  await connection.close();
});

test('keeps its connections while the cluster stays the same', async () => {
  const connection = new PersonConnection(accountAt('https://api.example.com'), 'canary');
  const [one, other] = await Promise.all([connection.prepare(), connection.prepare()]);
  expect(one.dispatcher).toBe(other.dispatcher);
  await connection.close();
});

test('is refused without encryption, where a proxy such as kubectl proxy would act as itself', async () => {
  const connection = new PersonConnection(accountAt('http://127.0.0.1:8001'), 'canary');
  await expect(connection.prepare()).rejects.toMatchObject({ code: 'credential' });
});

test.each(['', 'two\nlines', 'naïve'])('rejects the token %j, which cannot be sent', (token) => {
  expect(() => new PersonConnection(accountAt('https://api.example.com'), token)).toThrow();
});

test("a rejected token isn't sent again, and no other credential takes its place", async () => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.writeHead(401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { dispatcher } = await new PersonConnection(accountAt('https://api.example.com'), 'x').prepare();
  const connection: IdentityConnection = {
    proxy: null,
    generation: 0,
    prepare: async () => ({ serverUrl, headers: {}, dispatcher }),
    reload: vi.fn(),
  };
  const client = new KubeClient(connection, new ApiServerClock());
  await expect(client.request({ path: '/object' })).rejects.toMatchObject({ code: 'unauthorized' });
  expect(requests).toBe(1);
  server.close();
  server.closeAllConnections();
});
