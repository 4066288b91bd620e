import { once } from 'node:events';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pace, setPace } from '@/lib/plane/time/pace';
import { ROUTE_ENCODING_HEADER } from '@/lib/server/http/content-encoding';
import { originOf } from '@/lib/server/http/request-origin';
import type { AuditOutput } from '@/lib/server/log/audit';
import { clearProcessSlots, processSlot } from '@/lib/server/process/process-slot';
import { openHttpEntry } from './http-entry';

const ENTRY = Symbol.for('planeboard.http-entry');
const { createServer } = http;
const paceBefore = pace();

/** What reached Next.js, or whatever stands behind the entry here. */
const reached: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let port: number;

beforeAll(async () => {
  setPace(30);
  await import(/* @vite-ignore */ pathToFileURL(join(process.cwd(), 'deploy', 'http-entry.mjs')).href);
  server = http.createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  // Like Next.js, which neither answers nor closes an upgrade.
  server.on('upgrade', ({ url }: IncomingMessage) => reached.push(`upgrade ${url}`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  http.createServer = createServer;
  delete (globalThis as { [ENTRY]?: unknown })[ENTRY];
  setPace(paceBefore);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(() => {
  reached.length = 0;
  answer = (_, response) => response.end('from Next');
});

/** Sends lines of a request, and no end of the connection. */
function send(...lines: string[]): { socket: Socket; received: () => string; closed: Promise<unknown> } {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  socket.on('error', () => {});
  socket.write([...lines, '', ''].join('\r\n'));
  return { socket, received: () => text, closed: once(socket, 'close') };
}

const statusOf = (text: string) => /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
const HOST = 'Host: localhost';
const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];

test('requests that arrive before the rules wait for them', async () => {
  const early = send('GET / HTTP/1.1', HOST, 'Connection: close');
  const refused = send('GET / HTTP/1.1', HOST, ...UPGRADE);
  const entry = (globalThis as { [ENTRY]?: { readonly waiting: readonly unknown[] } })[ENTRY];
  await expect.poll(() => entry?.waiting.length).toBe(2);
  expect(reached).toEqual([]);
  openHttpEntry({ host: '127.0.0.1', publicUrl: null, proxy: null, trustedProxies: [] }, false);
  await Promise.all([early.closed, refused.closed]);
  expect(early.received()).toContain('from Next');
  expect(statusOf(refused.received())).toBe('400');
  expect(reached).toEqual(['GET /']);
});

describe('an upgrade', () => {
  test.each([
    ['to a WebSocket', UPGRADE, HOST, '400'],
    [
      'to HTTP/2',
      ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAA'],
      HOST,
      '400',
    ],
    ['of another host', UPGRADE, 'Host: evil.example', '421'],
  ])('%s is answered, and its connection closed', async (_, headers, host, status) => {
    const open = Array.from({ length: 20 }, () => send('GET / HTTP/1.1', host, ...headers));
    await Promise.all(open.map(({ closed }) => closed));
    for (const { received } of open) {
      expect(statusOf(received())).toBe(status);
      expect(received()).toContain('connection: close');
    }
    expect(reached).toEqual([]);
    const connections = () =>
      new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
    await expect.poll(connections).toBe(0);
  });
});

describe('a request that is refused', () => {
  test.each([
    ['TRACE', ['TRACE / HTTP/1.1', HOST], '405'],
    ['an absolute URL', ['GET http://localhost/ HTTP/1.1', HOST], '400'],
    ['two Host headers', ['GET / HTTP/1.1', HOST, 'Host: evil.example'], '400'],
    ['an unknown host', ['GET / HTTP/1.1', 'Host: evil.example'], '421'],
  ])('never reaches Next.js: %s', async (_, lines, status) => {
    const { received, closed } = send(...lines, 'Connection: close');
    await closed;
    expect(statusOf(received())).toBe(status);
    expect(received()).toContain('application/problem+json');
    expect(reached).toEqual([]);
  });

  test('is answered before its body arrives, and closed if the body takes too long', async () => {
    const { received, closed } = send(
      'POST /api/planes HTTP/1.1',
      HOST,
      'Content-Type: application/json',
      'Content-Length: 10485760',
    );
    await expect.poll(received).toContain('too-large');
    await closed;
    expect(statusOf(received())).toBe('413');
    expect(reached).toEqual([]);
  });

  test('reads its answer even if it sends the whole body first', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/planes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'x'.repeat(10 * 1024 * 1024),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'too-large' });
  });

  test("isn't asked for its body", async () => {
    const expecting = (length: number) =>
      send(
        'POST /api/planes HTTP/1.1',
        HOST,
        'Content-Type: application/json',
        `Content-Length: ${length}`,
        'Expect: 100-continue',
        'Connection: close',
      );
    const tooLarge = expecting(10_485_760);
    await tooLarge.closed;
    expect(statusOf(tooLarge.received())).toBe('413');
    const small = expecting(2);
    await expect.poll(small.received).toContain('100 Continue');
    small.socket.write('{}');
    await small.closed;
    expect(small.received()).toContain('from Next');
    expect(reached).toEqual(['POST /api/planes']);
  });
});

test.each([
  ['/planes/%zz?a=1', '/unreadable-address'],
  ['/%E0%A4%A', '/unreadable-address'],
  ['/planes/%E2%82%AC?a=%zz', '/planes/%E2%82%AC?a=%zz'],
  ['/api/planes/%zz', '/api/planes/%zz'],
])("a page's path that can't be decoded leads to a missing page: %s", async (target, served) => {
  await send(`GET ${target} HTTP/1.1`, HOST, 'Connection: close').closed;
  expect(reached).toEqual([`GET ${served}`]);
});

test('bodies that arrive slowly are limited together, and end', async () => {
  // Next.js reads the whole body of a write.
  answer = (request, response) => {
    request.resume().once('end', () => response.end('from Next'));
  };
  const write = (length: number, ...lines: string[]) =>
    send(
      'POST /api/planes HTTP/1.1',
      HOST,
      'Content-Type: application/json',
      `Content-Length: ${length}`,
      ...lines,
    );
  const slow = Array.from({ length: 128 }, () => write(524_288));
  const count = () =>
    new Promise<number>((resolve) => server.getConnections((_error, connections) => resolve(connections)));
  await expect.poll(count).toBe(128);
  const tooMany = write(2);
  await expect.poll(tooMany.received).toContain('rate-limited');
  expect(statusOf(tooMany.received())).toBe('429');
  for (const { socket } of slow.slice(1)) socket.destroy();
  await expect
    .poll(async () => {
      const next = write(2);
      next.socket.write('{}');
      await expect.poll(next.received).toMatch(/from Next|rate-limited/);
      next.socket.destroy();
      return next.received();
    })
    .toContain('from Next');
  await slow[0]?.closed;
});

test('a tunnel is refused', async () => {
  const { closed } = send('CONNECT evil.example:443 HTTP/1.1', HOST);
  await closed;
  expect(reached).toEqual([]);
});

test('a request is marked with its own id and source, whatever its sender claims', async () => {
  const marks: unknown[] = [];
  answer = ({ headers }, response) => {
    marks.push(originOf(new Headers(headers as Record<string, string>)));
    response.end();
  };
  const forged = ['X-Planeboard-Request-Id: forged', 'X-Planeboard-Source: 10.9.9.9'];
  for (const lines of [[], forged]) await send('GET / HTTP/1.1', HOST, ...lines, 'Connection: close').closed;
  const id: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(marks).toEqual([
    { id, source: '127.0.0.1' },
    { id, source: '127.0.0.1' },
  ]);
});

test('what proxies say about a request counts only from a trusted one', async () => {
  const marks: unknown[] = [];
  const handed: string[] = [];
  answer = ({ headers }, response) => {
    marks.push(originOf(new Headers(headers as Record<string, string>)).source);
    handed.push(...Object.keys(headers).filter((name) => /forwarded|x-real-ip/.test(name)));
    response.end();
  };
  const claims = [
    'X-Forwarded-For: 198.51.100.1',
    'X-Forwarded-Host: evil',
    'Forwarded: for=x',
    'X-Real-IP: 1.1.1.1',
  ];
  const config = { host: '127.0.0.1', publicUrl: null, proxy: null };
  try {
    for (const address of ['10.0.0.1', '127.0.0.1']) {
      openHttpEntry({ ...config, trustedProxies: [{ address, prefix: 32 }] }, false);
      await send('GET / HTTP/1.1', HOST, ...claims, 'Connection: close').closed;
    }
  } finally {
    openHttpEntry({ ...config, trustedProxies: [] }, false);
  }
  expect(marks).toEqual(['127.0.0.1', '198.51.100.1']);
  expect(handed).toEqual([]);
});

test('a refusal is in the audit log, and the next one like it only after an hour', async () => {
  clearProcessSlots();
  const lines: string[] = [];
  processSlot('audit-log', (): AuditOutput => async (line) => void lines.push(line));
  const write = ['Content-Type: application/json', 'Content-Length: 2', 'Connection: close', '', '{}'];
  for (let time = 0; time < 3; time += 1)
    await send('POST /api/wall-tokens?token=x HTTP/1.1', HOST, 'Origin: https://evil.example', ...write)
      .closed;
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      log: 'audit',
      user: null,
      source: '127.0.0.1',
      event: 'refused',
      code: 'cross-origin',
      method: 'POST',
      path: '/api/wall-tokens',
    },
  ]);
});

describe('requests', () => {
  const count = () =>
    new Promise<number>((resolve) => server.getConnections((_error, connections) => resolve(connections)));
  let responses: ServerResponse[];
  beforeEach(() => {
    setPace(1);
    responses = [];
    answer = ({ url }, response) => {
      if (url?.includes('slow')) responses.push(response);
      else response.end('at once');
    };
  });
  afterEach(() => setPace(30));

  test.each([
    ['/slow', ['/healthz', '/readyz', '/metrics', '/api/planes', '/wall/data', '/_next/static/a.js']],
    [
      '/api/planes/dataplanes/shop/slow/related',
      ['/healthz', '/readyz', '/metrics', '/wall', '/_next/static/a.js'],
    ],
    ['/metrics?slow', ['/healthz', '/readyz', '/api/planes', '/wall', '/_next/static/a.js']],
    ['/readyz?slow', ['/metrics', '/api/planes', '/wall', '/_next/static/a.js']],
    ['/_next/static/slow.js', ['/healthz', '/readyz', '/metrics', '/api/planes', '/wall']],
  ])('%s is served in turn, and never for readers that have left', async (path, others) => {
    const before = await count();
    const gone = Array.from({ length: 40 }, () => send(`GET ${path} HTTP/1.1`, HOST));
    await expect.poll(() => reached.length).toBe(8);
    const last = send('GET /last HTTP/1.1', HOST, 'Connection: close');
    for (const other of others) {
      const { closed, received } = send(`GET ${other} HTTP/1.1`, HOST, 'Connection: close');
      await closed;
      expect(received()).toContain('at once');
    }
    for (const { socket } of gone) socket.destroy();
    await last.closed;
    expect(last.received()).toContain('at once');
    await expect.poll(count).toBe(before);
    expect(reached.filter((line) => line === `GET ${path}`)).toHaveLength(8);
  });

  test('whose reader leaves keep their turn, because the work goes on', async () => {
    for (let round = 0; round < 3; round += 1) {
      const gone = Array.from({ length: 8 }, () => send('GET /api/slow HTTP/1.1', HOST));
      await expect.poll(() => responses.length).toBeGreaterThan(0);
      for (const { socket } of gone) socket.destroy();
      await Promise.all(gone.map(({ closed }) => closed));
    }
    expect(responses).toHaveLength(8);
  });

  test('whose readers leave at once are never rendered, however many they are', async () => {
    const before = await count();
    answer = (_, response) => {
      // As rendering does, it keeps the event loop from anything else.
      for (const until = performance.now() + 20; performance.now() < until; );
      response.end('at once');
    };
    const gone = Array.from({ length: 300 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(`GET /reload HTTP/1.1\r\n${HOST}\r\n\r\n`, () => socket.resetAndDestroy());
      return once(socket, 'close');
    });
    await Promise.all(gone);
    const other = send('GET /healthz HTTP/1.1', HOST, 'Connection: close');
    await other.closed;
    await expect.poll(count).toBe(before);
    expect(reached.filter((line) => line === 'GET /reload').length).toBeLessThan(100);
  });

  test('that wait for the API server leave their turn to others', async () => {
    const waiting = Array.from({ length: 8 }, () => send('GET /slow HTTP/1.1', HOST));
    const last = send('GET /last HTTP/1.1', HOST, 'Connection: close');
    await last.closed;
    expect(last.received()).toContain('at once');
    for (const response of responses) response.end('late');
    for (const { received, socket } of waiting) {
      await expect.poll(received).toContain('late');
      socket.destroy();
    }
  });

  test('of one connection are served one after the other', async () => {
    const { received, socket } = send(
      ...Array.from({ length: 3 }, () => ['GET /slow HTTP/1.1', HOST, '']).flat(),
      'GET /last HTTP/1.1',
      HOST,
    );
    for (let round = 1; round <= 3; round += 1) {
      await expect.poll(() => responses.length).toBe(round);
      expect(reached).toHaveLength(round);
      responses[round - 1]?.end(`slow ${round}`);
    }
    await expect.poll(received).toMatch(/slow 1.*slow 2.*slow 3.*at once/s);
    socket.destroy();
  });

  test('behind a stream of their connection are not read, so their bodies take no room from others', async () => {
    answer = (request, response) => {
      if (request.url === '/stream') responses.push(response.writeHead(200));
      else request.resume().once('end', () => response.end('at once'));
      response.flushHeaders();
    };
    const body = 'x'.repeat(500_000);
    const write = [
      'POST /api/planes HTTP/1.1',
      HOST,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ];
    const streams = Array.from({ length: 160 }, () => send('GET /stream HTTP/1.1', HOST, '', ...write));
    await expect.poll(() => responses.length).toBe(160);
    const [first] = streams;
    const next = `${body}${[...write, '', ''].join('\r\n')}`;
    first?.socket.write(`${next.repeat(60)}${body}`);
    const other = send(...write, 'Connection: close');
    other.socket.write(body);
    await other.closed;
    expect(statusOf(other.received())).toBe('200');
    // What the kernel doesn't take waits at the sender.
    expect(first?.socket.writableLength).toBeGreaterThan(10_000_000);
    expect(reached.filter((line) => line.startsWith('POST'))).toHaveLength(1);
    responses[0]?.end('end of the stream');
    await expect.poll(() => reached.filter((line) => line.startsWith('POST')).length).toBeGreaterThan(50);
    for (const { socket } of streams) socket.destroy();
    // A connection that isn't read notices only with its next write that the other side has left.
    server.closeAllConnections();
  });

  test('to switch protocols wait for their connection too', async () => {
    const { received, closed } = send('GET /slow HTTP/1.1', HOST, '', 'GET / HTTP/1.1', HOST, ...UPGRADE);
    await expect.poll(() => responses.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(received()).toBe('');
    responses[0]?.end('slow');
    await closed;
    expect(received()).toMatch(/^HTTP\/1.1 200.*slow.*HTTP\/1.1 400/s);
  });

  test('that one connection sends by the thousand end it', async () => {
    const { closed } = send(
      'GET /slow HTTP/1.1',
      HOST,
      '',
      ...Array.from({ length: 5000 }, () => ['GET /metrics HTTP/1.1', HOST, '']).flat(),
    );
    await closed.catch(() => {});
    expect(reached.filter((line) => line === 'GET /metrics')).toEqual([]);
  });

  test('take their turn once their body has arrived', async () => {
    const body = JSON.stringify('x'.repeat(100_000));
    const write = () =>
      send(
        'POST /api/planes HTTP/1.1',
        HOST,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        'Connection: close',
      );
    const bodies: string[] = [];
    answer = (request, response) => {
      let text = '';
      request.on('data', (bytes: Buffer) => {
        text += bytes.toString();
      });
      request.once('end', () => {
        if (request.method === 'POST') bodies.push(text);
        response.end('at once');
      });
    };
    const slow = Array.from({ length: 40 }, write);
    for (const { socket } of slow) socket.write(body.slice(0, -1));
    const other = send('GET /api/planes HTTP/1.1', HOST, 'Connection: close');
    await other.closed;
    expect(other.received()).toContain('at once');
    expect(reached).toEqual(['GET /api/planes']);
    for (const { socket } of slow.slice(1)) socket.destroy();
    slow[0]?.socket.write('"');
    await slow[0]?.closed;
    expect(bodies).toEqual([body]);
    expect(reached).toEqual(['GET /api/planes', 'POST /api/planes']);
  });

  test('take their turn in one connection too', async () => {
    const { received, closed } = send(
      ...Array.from({ length: 50 }, () => ['GET / HTTP/1.1', HOST, '']).flat(),
      'GET /last HTTP/1.1',
      HOST,
      'Connection: close',
    );
    await closed;
    expect(received().split('at once')).toHaveLength(52);
  });
});

test('a reader that takes nothing is disconnected, and one of a quiet stream is not', async () => {
  const quiet: ServerResponse[] = [];
  answer = ({ url }, response) => {
    response.write('begin');
    if (url === '/quiet') quiet.push(response);
    else response.write(Buffer.alloc(64 * 1024 * 1024));
  };
  const stream = send('GET /quiet HTTP/1.1', HOST);
  await expect.poll(stream.received).toContain('begin');
  const stuck = connect(port, '127.0.0.1');
  stuck.on('error', () => {});
  stuck.write(`GET /much HTTP/1.1\r\n${HOST}\r\n\r\n`);
  // A socket without a reader doesn't notice its own end, so the server's side is observed.
  const count = () =>
    new Promise<number>((resolve) => server.getConnections((_error, connections) => resolve(connections)));
  await expect.poll(count).toBe(2);
  await expect.poll(count, { timeout: 20_000 }).toBe(1);
  quiet[0]?.end('still open');
  await expect.poll(stream.received).toContain('still open');
  stuck.destroy();
  stream.socket.destroy();
});

test('a reader that takes its answer too slowly is disconnected', async () => {
  answer = (_, response) => response.end(Buffer.alloc(64 * 1024 * 1024));
  const slow = connect(port, '127.0.0.1');
  slow.on('error', () => {});
  slow.write(`GET /much HTTP/1.1\r\n${HOST}\r\n\r\n`);
  // It reads a little all the time, so its connection never falls silent.
  slow.pause();
  const sipping = setInterval(() => slow.read(16 * 1024), 50);
  const count = () =>
    new Promise<number>((resolve) => server.getConnections((_error, connections) => resolve(connections)));
  await expect.poll(count).toBe(1);
  await expect.poll(count, { timeout: 20_000 }).toBe(0);
  clearInterval(sipping);
  slow.destroy();
});

test("the encoding that a route names reaches the reader as the answer's own", async () => {
  answer = (_, response) => {
    response.setHeader(ROUTE_ENCODING_HEADER, 'gzip');
    response.flushHeaders();
    response.end(gzipSync('packed'));
  };
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect([response.headers.get('content-encoding'), response.headers.get(ROUTE_ENCODING_HEADER)]).toEqual([
    'gzip',
    null,
  ]);
  expect(await response.text()).toBe('packed');
});

test("only Planeboard's own cookies reach Next.js, which takes seconds for thousands", async () => {
  const cookies: (string | undefined)[] = [];
  answer = (request, response) => {
    cookies.push(request.headers.cookie);
    response.end();
  };
  const many = Array.from({ length: 1000 }, (_, index) => `c${index}=`).join(';');
  for (const cookie of [many, `${many};planeboard_wall=token`])
    await send('GET / HTTP/1.1', HOST, `Cookie: ${cookie}`, 'Connection: close').closed;
  expect(cookies).toEqual([undefined, 'planeboard_wall=token']);
});
