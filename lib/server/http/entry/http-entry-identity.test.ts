import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProxyConfig } from '@/lib/server/config/proxy-config';
import { IDENTITY_FAULT_HEADER, PROXY_SECRET_HEADER } from '@/lib/server/http/identity-headers';
import { guardOf } from './http-entry';

const SECRET = 'x'.repeat(32);
const PROXY: ProxyConfig = {
  proof: { kind: 'secret', secrets: [SECRET] },
  userHeader: 'x-forwarded-user',
  groupsHeader: 'x-forwarded-groups',
  userPrefix: '',
  groupsPrefix: '',
  signOutUrl: null,
};

let server: Server;
/** The headers of each request that reached Next.js, or whatever stands behind the entry here. */
const reached: IncomingHttpHeaders[] = [];

beforeAll(async () => {
  const guard = guardOf({ host: '127.0.0.1', publicUrl: null, trustedProxies: [], proxy: PROXY }, false);
  server = createServer((request, response) =>
    guard('request', [request, response], () => {
      reached.push(request.headers);
      response.end();
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** Sends a request of these header lines, exactly as they are. Returns the headers behind the entry, if it passed. */
async function send(...fields: string[]): Promise<IncomingHttpHeaders | undefined> {
  reached.length = 0;
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const lines = ['GET /api/planes HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Connection: close', ...fields];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  socket.resume();
  await once(socket, 'close');
  return reached[0];
}

const HONEST = [
  'X-Forwarded-User: maya',
  'X-Forwarded-Groups: platform',
  `X-Planeboard-Proxy-Secret: ${SECRET}`,
];

test('an identity passes', async () => {
  expect(await send(...HONEST)).toMatchObject({
    'x-forwarded-user': 'maya',
    'x-forwarded-groups': 'platform',
    [PROXY_SECRET_HEADER]: SECRET,
  });
});

test.each([
  ['a second user', 'X-Forwarded-User: admin'],
  ['a second user in capitals', 'X-FORWARDED-USER: admin'],
  ['underscores', 'X_Forwarded_User: admin'],
  ['an underscore', 'X-Forwarded_Groups: admins'],
  ['a second secret', 'X-Planeboard-Proxy-Secret: guess'],
])('an identity with %s is removed, whichever comes first', async (_, line) => {
  for (const lines of [
    [line, ...HONEST],
    [...HONEST, line],
  ]) {
    const headers = await send(...lines);
    expect(headers?.[IDENTITY_FAULT_HEADER]).toMatch(/^(repeated-header|other-spelling)$/);
    for (const name of ['x-forwarded-user', 'x-forwarded-groups', PROXY_SECRET_HEADER])
      expect(headers).not.toHaveProperty(name);
  }
});

test.each([
  ['a blank before the colon', 'X-Forwarded-User : admin'],
  ['a folded line', 'X-Other: a\r\n X-Forwarded-User: admin'],
  ['a bare line feed', 'X-Other: a\nX-Forwarded-User: admin'],
  ['a bare carriage return', 'X-Other: a\rX-Forwarded-User: admin'],
  ['a null character', 'X-Forwarded-User: admin\0'],
])('%s smuggles no identity in', async (_, line) => {
  for (const lines of [
    [line, ...HONEST],
    [...HONEST, line],
  ]) {
    const headers = await send(...lines);
    expect(headers?.['x-forwarded-user'] ?? 'maya').toBe('maya');
  }
});

test('a mark that the sender set is removed', async () => {
  expect(await send(...HONEST, `${IDENTITY_FAULT_HEADER}: x`)).not.toHaveProperty(IDENTITY_FAULT_HEADER);
});
