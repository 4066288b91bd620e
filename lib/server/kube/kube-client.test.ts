import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseExactJson } from '@/lib/plane/json/exact-json';
import { ApiServerClock } from './api-server-clock';
import { KubeClient } from './kube-client';
import { KubeConnection } from './kube-connection';
import { kubeconfigLoader } from './kubeconfig';

let folder: string;
let server: Server;
let received: string;
let headers: string[];
let connection: KubeConnection;

const OBJECT = '{"spec":{"list":[{"id":9007199254740993}]}}';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planeboard-client-'));
  received = '';
  server = createServer(async (request, response) => {
    headers = request.rawHeaders;
    for await (const chunk of request) received += chunk;
    response.setHeader('content-type', 'application/json');
    response.end(`${OBJECT}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  connection = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await connection.close();
  server.close();
  rmSync(folder, { recursive: true });
});

const USER = { token: 'x', as: 'jane', 'as-groups': ['dev', 'ops'] };

/** Connects with a kubeconfig that has a token and impersonates. */
function connect(
  serverUrl: string,
  env: object = {},
  user: object = USER,
  cluster: object = {},
): KubeConnection {
  const file = join(folder, 'config');
  writeFileSync(
    file,
    JSON.stringify({
      'current-context': 'test',
      clusters: [{ name: 'test', cluster: { server: serverUrl, ...cluster } }],
      users: [{ name: 'test', user }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    }),
  );
  return new KubeConnection(kubeconfigLoader(null, { KUBECONFIG: file, ...env }), {
    onReloaded: () => {},
    onReloadFailed: () => {},
    onOtherCluster: () => {},
  });
}

test.each([
  ['http://api.example.com', 'HTTP_PROXY', 'http://api.example.com/object'],
  ['https://api.example.com:6443', 'HTTPS_PROXY', 'api.example.com:6443'],
])('a request to %s goes through the proxy of %s', async (serverUrl, variable, target) => {
  const targets: (string | undefined)[] = [];
  const proxy = createServer((request, response) => {
    targets.push(request.url);
    response.setHeader('content-type', 'application/json').end(OBJECT);
  }).on('connect', (request, socket: Socket) => {
    targets.push(request.url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const proxied = connect(serverUrl, { [variable]: `127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  await new KubeClient(proxied, new ApiServerClock()).request({ path: '/object' }).catch(() => {});
  expect(targets).toEqual([target]);
  await proxied.close();
  proxy.close();
});

test('a program beside the kubeconfig signs in, also for the user that is impersonated', async () => {
  const program = join(folder, 'sign-in');
  writeFileSync(program, `#!/bin/sh\necho '{"status":{"token":"'"$1"'"}}'\n`, { mode: 0o700 });
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: './sign-in',
    args: ['from-program'],
  };
  const signedIn = connect('https://api.example.com', {}, { exec, as: 'jane' });
  expect((await signedIn.prepare()).headers).toEqual({
    Authorization: 'Bearer from-program',
    'Impersonate-User': 'jane',
  });
  await signedIn.close();
});

test('every request has the headers of impersonation, and no caller can replace them', async () => {
  const client = new KubeClient(connection, new ApiServerClock());
  await client.request({ path: '/object', headers: { 'Impersonate-User': 'root' } });
  const sent = headers.flatMap((name, index) =>
    index % 2 === 0 && name.startsWith('Impersonate') ? [`${name}: ${headers[index + 1]}`] : [],
  );
  expect(sent).toEqual(['Impersonate-User: jane', 'Impersonate-Group: dev', 'Impersonate-Group: ops']);
});

test.each([
  [{ token: 'x' }],
  [{ username: 'u', password: 'p' }],
  [{ exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './missing' } }],
])('no credential of %j is sent without TLS', async (user) => {
  const { port } = server.address() as AddressInfo;
  const plain = connect(`http://127.0.0.1:${port}`, {}, { ...user, as: 'jane' });
  await new KubeClient(plain, new ApiServerClock()).request({ path: '/object' });
  expect(headers).toContain('jane');
  expect(headers.map((text) => text.toLowerCase())).not.toContain('authorization');
  await plain.close();
});

test('an integer beyond 2^53 is read, watched and written without a change', async () => {
  const client = new KubeClient(connection, new ApiServerClock());
  const { body } = await client.request({ path: '/object' });
  expect(body).toEqual({ spec: { list: [{ id: 9007199254740993n }] } });
  await client.request({ method: 'PATCH', path: '/object', body });
  expect(received).toBe(OBJECT);
  for await (const [event] of client.stream(
    { path: '/watch', signal: new AbortController().signal },
    () => {},
  ))
    expect(event).toEqual(parseExactJson(OBJECT));
});

test.each([
  ['the kubeconfig', { 'proxy-url': 'http://user:canary@127.0.0.1:9' }, {}],
  ['the environment', {}, { HTTPS_PROXY: 'http://user:canary@127.0.0.1:9' }],
  ['a SOCKS kubeconfig', { 'proxy-url': 'socks5://user:canary@127.0.0.1:9' }, {}],
])('names the proxy of %s that cannot be reached, without its credentials', async (_from, cluster, env) => {
  const proxied = connect('https://192.0.2.1:6443', env, { token: 'x' }, cluster);
  const client = new KubeClient(proxied, new ApiServerClock());
  const failure = {
    code: 'unreachable',
    message: expect.stringMatching(/through the proxy (http|socks5):\/\/127\.0\.0\.1:9 \(\w+\)\.$/),
  };
  await expect(client.request({ path: '/readyz' })).rejects.toMatchObject(failure);
  const { signal } = new AbortController();
  const stream = client.stream({ path: '/watch', signal }, () => {});
  await expect(stream.next()).rejects.toMatchObject(failure);
  await proxied.close();
});

const PAGE = '<html>Sign in</html>';

test.each([
  ['a sign-in page', 200, 'text/html', PAGE, 'bad-answer'],
  ["an ingress's page", 404, 'text/html', PAGE, 'bad-answer'],
  ['a path that Go serves nothing at', 404, 'text/plain', '404 page not found\n', 'not-served'],
])('takes %s for no answer of the Kubernetes API', async (_, status, contentType, text, code) => {
  server.removeAllListeners('request').on('request', (_request, response) => {
    response.writeHead(status, { 'content-type': contentType }).end(text);
  });
  const client = new KubeClient(connection, new ApiServerClock());
  await expect(client.request({ path: '/object' })).rejects.toMatchObject({ code });
  let opened = false;
  const stream = client.stream({ path: '/watch', signal: new AbortController().signal }, () => {
    opened = true;
  });
  await expect(stream.next()).rejects.toMatchObject({ code });
  expect(opened).toBe(false);
});

test('takes `ok` for the answer of a health endpoint', async () => {
  server.removeAllListeners('request').on('request', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok');
  });
  const { body } = await new KubeClient(connection, new ApiServerClock()).request({ path: '/readyz' });
  expect(body).toBeNull();
});

test.each([
  ['DELETE', '/object'],
  ['PATCH', '/object'],
  ['GET', '/object'],
  ['GET', '/apis/readyz'],
] as const)('takes `ok` for no answer to %s %s', async (method, path) => {
  server.removeAllListeners('request').on('request', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok');
  });
  const client = new KubeClient(connection, new ApiServerClock());
  await expect(client.request({ method, path })).rejects.toMatchObject({ code: 'bad-answer' });
});

test('takes 304 for an answer only to a GET that names an older answer', async () => {
  server.removeAllListeners('request').on('request', (_request, response) => {
    response.writeHead(304).end();
  });
  const client = new KubeClient(connection, new ApiServerClock());
  const headers = { 'if-none-match': '"1"' };
  expect(await client.request({ path: '/object', headers })).toMatchObject({ status: 304, body: null });
  for (const options of [{}, { method: 'PATCH', headers }, { method: 'DELETE' }] as const)
    await expect(client.request({ path: '/object', ...options })).rejects.toMatchObject({
      code: 'bad-answer',
    });
});
