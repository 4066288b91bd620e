import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';

/** Sends a request that no browser would send. */
function send(
  url: string,
  method: string,
  headers: Record<string, string>,
): Promise<{ status: number; type: string; body: string }> {
  return new Promise((resolve, reject) => {
    const body = method === 'GET' ? '' : '{}';
    const framed = { 'content-length': String(body.length), ...headers };
    const request = httpRequest(url, { method, headers: framed, agent: false }, (response) => {
      let received = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        received += text;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: received,
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Sends the lines of a request's head. Returns what the server answers until it closes the connection. */
async function sendRaw(port: number, lines: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (bytes: Buffer) => {
    received += bytes.toString('latin1');
  });
  socket.write([...lines, '', ''].join('\r\n'));
  await once(socket, 'close');
  return received;
}

test('each response has its own policy, with a fresh nonce and without inline scripts or eval', async ({
  page,
  planes,
}) => {
  await planes.add({ kind: 'ClusterDataPlane', name: 'safe', planeID: 'safe', status: connectedStatus() });
  const nonces = new Set<string>();
  for (const path of ['/', '/', '/planes/clusterdataplanes/safe', '/nowhere', '/api/planes']) {
    const headers = (await page.request.get(path)).headers();
    const policy = headers['content-security-policy'] ?? '';
    const scripts = /(?:^|; )script-src ([^;]*)/.exec(policy)?.[1] ?? '';
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    nonces.add(nonce);
    expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|unsafe-hashes|https?:|\*/);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cache-control']).toContain('no-store');
    expect(headers['x-powered-by']).toBeUndefined();
  }
  expect(nonces.size).toBe(5);
});

test('no page violates its policy when it is loaded, navigated to or reloaded', async ({ page, planes }) => {
  // The fixture `pageProblems` fails the test at any violation, so this test only visits the pages.
  await planes.add({
    kind: 'ClusterDataPlane',
    name: 'safe',
    planeID: 'safe',
    displayName: 'Safe',
    status: connectedStatus(),
  });
  await page.goto('/');
  await expect(page.getByText(LIVE)).toBeVisible();
  for (const name of ['Filter', 'Display', 'Export', 'Keyboard shortcuts']) {
    await page.getByRole('button', { name, exact: true }).click();
    // It may still be loading; then the key keeps it from opening.
    await page.keyboard.press('Escape');
  }
  await page.getByRole('link', { name: 'Safe' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Safe' })).toBeVisible();
  await page.getByRole('tab', { name: 'YAML' }).click();
  await page.reload();
  await expect(page.getByRole('region', { name: 'YAML of this plane' })).toBeVisible();
});

test('markup in a resource is shown as text and never executed', async ({ page, planes, fleet }) => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  await planes.add({
    kind: 'ClusterDataPlane',
    name: 'markup',
    planeID: 'markup',
    displayName: markup,
    description: markup,
    annotations: { 'acme.example/note': `</script>${markup}` },
    status: { ...connectedStatus(), conditions: [] },
  });
  await fleet.open();
  await expect(fleet.names).toHaveText([markup]);
  await page.goto('/planes/clusterdataplanes/markup');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(markup);
  await expect(page).toHaveTitle(`1 healthy · ${markup} · planeboard-demo · Planeboard`);
  await expect(page.locator('main img')).toHaveCount(0);
});

test('the server rejects an unknown Host header, for pages and for the API', async ({ server }) => {
  for (const path of ['/', '/api/planes', '/api/planes/stream']) {
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1.evil.example']) {
      const answer = await send(`${server.url}${path}`, 'GET', { host });
      expect(answer.status).toBe(421);
      expect(answer.type).toContain('application/problem+json');
    }
  }
  expect((await send(`${server.url}/`, 'GET', { host: `localhost:${server.port}` })).status).toBe(200);
});

test('the server rejects a path with invalid percent-encoding without crashing', async ({ server }) => {
  for (const path of [
    '/api/planes/%',
    '/api/planes/dataplanes/aurora-retail/%ff%fe',
    '/api/wall-tokens/%',
    '/api/registrations/%E0%A4%A',
  ]) {
    const answer = await send(`${server.url}${path}`, 'GET', {});
    expect([path, answer.status]).toEqual([path, 400]);
    expect(answer.type).toContain('application/problem+json');
  }
  for (const path of [
    '/%',
    '/planes/dataplanes/aurora-retail/%',
    '/planes/a/%E0%A4%A',
    '/register/connect/%',
  ]) {
    const answer = await send(`${server.url}${path}`, 'GET', {});
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer.type).toContain('text/html');
  }
});

test('the server rejects an unsupported method with status 405', async ({ server }) => {
  for (const [method, path] of [
    ['OPTIONS', '/api/planes'],
    ['OPTIONS', '/'],
    ['TRACE', '/'],
    ['TRACE', '/healthz'],
    ['PUT', '/wall/enter'],
    ['POST', '/wall/stream'],
  ] as const) {
    const answer = await send(`${server.url}${path}`, method, {});
    expect([method, path, answer.status]).toEqual([method, path, 405]);
    expect(answer.type).toContain('application/problem+json');
  }
});

test('the server closes connections that ask for another protocol, and still answers after hundreds of them', async ({
  server,
}) => {
  const outcomes = await Promise.all(
    Array.from({ length: 400 }, (_, index) =>
      sendRaw(server.port, [
        `GET ${index % 2 === 0 ? '/' : '/wall/stream'} HTTP/1.1`,
        `Host: ${index % 4 < 2 ? '127.0.0.1' : 'evil.example'}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
      ]),
    ),
  );
  expect([...new Set(outcomes.map((answer) => answer.slice(0, 12)))].sort()).toEqual([
    'HTTP/1.1 400',
    'HTTP/1.1 421',
  ]);
  expect((await fetch(`${server.url}/api/planes`)).status).toBe(200);
});

test('the server refuses by its head what it would have to buffer or forward', async ({ server }) => {
  const write = ['Host: 127.0.0.1', 'Content-Type: application/json'];
  for (const [status, ...lines] of [
    ['400', 'GET http://127.0.0.1/api/planes HTTP/1.1', 'Host: 127.0.0.1', 'Connection: close'],
    ['413', 'POST /api/planes HTTP/1.1', ...write, 'Content-Length: 10485760'],
    ['421', 'POST /api/planes HTTP/1.1', 'Host: evil.example', 'Content-Length: 10485760'],
    ['411', 'POST /api/planes HTTP/1.1', ...write, 'Transfer-Encoding: chunked'],
  ])
    expect(await sendRaw(server.port, lines)).toContain(`HTTP/1.1 ${status} `);
});

test('no header makes the server skip its checks, or name another host', async ({ server, startServer }) => {
  const signedOut = await startServer({
    env: { PLANEBOARD_AUTH: 'token', PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64') },
  });
  for (const name of ['proxy', 'middleware', 'src/proxy', 'src/middleware']) {
    const headers = {
      'x-middleware-subrequest': Array.from({ length: 5 }, () => name).join(':'),
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    expect((await send(`${server.url}/`, 'GET', { ...headers, host: 'evil.example' })).status).toBe(421);
    const form = { ...headers, 'content-type': 'text/plain' };
    expect((await send(`${server.url}/api/exports`, 'POST', form)).status).toBe(415);
    const page = await fetch(server.url, { headers });
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await page.text()).not.toContain('evil.example');

    for (const path of ['/api/planes', '/api/planes/stream', '/metrics'])
      expect((await send(`${signedOut.url}${path}`, 'GET', headers)).status).toBe(401);
    const refused = await fetch(signedOut.url, { headers, redirect: 'manual' });
    expect([refused.status, refused.headers.get('location')]).toEqual([307, '/login']);
    expect(await refused.text()).not.toContain('evil.example');
  }
});

const FOREIGN_WRITES = [
  ["a simple content type, as another site's form can send", { 'content-type': 'text/plain' }, 415],
  ['the content type of a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['no content type', {}, 415],
  ['a foreign Origin', { 'content-type': 'application/json', origin: 'https://evil.example' }, 403],
  ['an opaque Origin', { 'content-type': 'application/json', origin: 'null' }, 403],
  ['a fetch from another site', { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }, 403],
  [
    'a fetch from a sibling domain',
    { 'content-type': 'application/json', 'sec-fetch-site': 'same-site' },
    403,
  ],
] as const;
test('the server rejects writes with the content types, origins and fetches of other sites', async ({
  server,
}) => {
  for (const [what, headers, status] of FOREIGN_WRITES) {
    await test.step(what, async () => {
      for (const method of ['POST', 'PATCH', 'DELETE']) {
        const answer = await send(`${server.url}/api/planes`, method, headers);
        expect([what, method, answer.status]).toEqual([what, method, status]);
        expect(answer.type).toContain('application/problem+json');
      }
    });
  }
});
