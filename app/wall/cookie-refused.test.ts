import { globSync } from 'node:fs';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '@/lib/api/problem';
import { setKnownWallTokens } from '@/lib/server/http/wall-cookie';
import { proxy } from '@/proxy';

const app = join(import.meta.dirname, '..');
const TOKEN = 'A'.repeat(43);
const COOKIE = `planeboard_wall=${TOKEN}`;
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/** Required parameters; without them a route rejects the request before it checks the caller. */
const QUERIES: Readonly<Record<string, string>> = { '/api/registrations/namespaces': '?plural=dataplanes' };

interface Route {
  readonly file: string;
  readonly path: string;
  readonly params: unknown;
}

/** Every route outside the wall, with each of its subpaths. */
const routes = globSync('**/route.ts', { cwd: app })
  .filter((file) => !file.startsWith('wall/') && !/^(healthz|readyz)\//.test(file))
  .flatMap((file): Route[] => {
    const path = `/${file.replace(/\/route\.ts$/, '')}`;
    if (!path.endsWith('[...segments]')) return [{ file, path, params: { id: 'wall-1', path: ['x'] } }];
    return [[], ['refresh'], ['related'], ['events'], ['history'], ['credentials'], ['replacements']].map(
      (tail) => ({
        file,
        path: path.replace('[...segments]', ['dataplanes', 'acme', 'prod', ...tail].join('/')),
        params: { segments: ['dataplanes', 'acme', 'prod', ...tail] },
      }),
    );
  });

const request = (path: string, method: string) => ({
  url: `http://127.0.0.1${path}${QUERIES[path] ?? ''}`,
  init: {
    method,
    headers: { host: '127.0.0.1', 'content-type': 'application/json', cookie: COOKIE },
    ...(method === 'GET' ? {} : { body: '{}' }),
  },
});

beforeAll(() => setKnownWallTokens((token) => token === TOKEN));
afterAll(() => setKnownWallTokens(() => false));

describe("with a wall's cookie", () => {
  test('every route is covered', () => {
    expect(routes.length).toBeGreaterThan(15);
    expect(routes.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        '/api/registrations',
        '/api/planes/stream',
        '/api/wall-tokens',
        '/api/wall-tokens/[id]',
        '/api/wall-preview',
      ]),
    );
  });

  test.each(routes)('$path refuses every method', async ({ file, path, params }) => {
    const handlers = (await import(join(app, file))) as Partial<Record<string, Handler>>;
    let refused = 0;
    for (const method of METHODS) {
      const { url, init } = request(path, method);
      const answer = await handlers[method]?.(new Request(url, init), { params: Promise.resolve(params) });
      if (answer === undefined) continue;
      const { code } = problemSchema.parse(await answer.json());
      // Routes may skip the check for a method they don't have, and the catch-all answers 404 to everyone.
      if (code !== 'method-not-allowed' && !file.includes('[...path]')) {
        expect([method, code]).toEqual([method, 'forbidden']);
        refused += 1;
      }
    }
    expect(refused > 0 || file.includes('[...path]')).toBe(true);
  });

  test.each([
    '/',
    '/register',
    '/walls',
    '/wall-setup',
    '/wallpaper',
    '/api/planes',
    '/api/registrations',
    '/planes/dataplanes/acme/prod',
  ])('the proxy refuses %s', async (path) => {
    for (const method of METHODS) {
      const { url, init } = request(path, method);
      const answer = proxy(new NextRequest(url, init));
      expect(answer.status).toBe(403);
      expect(problemSchema.parse(await answer.json()).code).toBe('forbidden');
    }
  });

  test('the wall is readable but not writable', () => {
    for (const path of ['/wall', '/wall/data', '/wall/stream', '/wall/enter']) {
      const ask = (method: string) => {
        const { url, init } = request(path, method);
        return proxy(new NextRequest(url, init));
      };
      expect(ask('GET').headers.get('x-middleware-next')).toBe('1');
      expect(ask('GET').headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      for (const method of ['PATCH', 'PUT', 'DELETE']) expect(ask(method).status).toBe(405);
      expect(ask('POST').status).toBe(path === '/wall/enter' ? 415 : 405);
    }
  });
});

test.each(['planeboard_wall=x', `planeboard_wall=${'B'.repeat(43)}`])(
  'a cookie that another server on this host has set locks nothing: %s',
  (cookie) => {
    for (const path of ['/', '/api/planes', '/register', '/wall'])
      for (const [method, type] of [
        ['GET', {}],
        ['POST', { 'content-type': 'application/json' }],
      ] as const) {
        const headers = { host: '127.0.0.1', cookie, ...type };
        const answer = proxy(new NextRequest(`http://127.0.0.1${path}`, { method, headers }));
        if (method === 'GET' || path !== '/wall') expect(answer.headers.get('x-middleware-next')).toBe('1');
      }
  },
);
