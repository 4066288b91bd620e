import { NextRequest } from 'next/server';
import { describe, expect, test } from 'vitest';
import { proxy } from '@/proxy';

const ORIGIN = 'http://localhost:3000';

function ask(path: string, init: { method?: string; headers?: Record<string, string> } = {}): Response {
  return proxy(
    new NextRequest(`${ORIGIN}${path}`, {
      method: init.method ?? 'GET',
      headers: { host: 'localhost:3000', ...init.headers },
    }),
  );
}

async function codeOf(response: Response): Promise<unknown> {
  return response.headers.get('content-type') === 'application/problem+json'
    ? ((await response.json()) as { code: unknown }).code
    : undefined;
}

describe('a page', () => {
  test('runs only its own scripts', () => {
    const policies = [ask('/'), ask('/')].map((response) => response.headers.get('content-security-policy'));
    for (const policy of policies) {
      expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}' 'strict-dynamic';/);
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe-eval');
      expect(policy?.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline');
    }
    expect(policies[0]).not.toBe(policies[1]);
  });

  test("passes the policy's nonce to Next", () => {
    const response = ask('/');
    const nonce = /'nonce-([0-9a-f]{32})'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
    expect(nonce).toBeDefined();
    expect(response.headers.get('x-middleware-request-x-nonce')).toBe(nonce);
  });

  test('carries the security headers, as does a refusal', () => {
    for (const response of [ask('/'), ask('/', { headers: { host: 'evil.example' } })]) {
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    }
  });
});

describe('a request for another host', () => {
  test.each(['evil.example', 'localhost.evil.example:3000', ''])('is rejected: Host %j', async (host) => {
    const response = ask('/api/planes', { headers: { host } });
    expect(response.status).toBe(421);
    expect(await codeOf(response)).toBe('unknown-host');
  });
});

describe('a write', () => {
  const json = { 'content-type': 'application/json' };

  test.each([
    ['from this origin', { ...json, origin: ORIGIN, 'sec-fetch-site': 'same-origin' }],
    ['from a program without a browser', { ...json }],
    ['with a charset', { 'content-type': 'application/json; charset=utf-8', origin: ORIGIN }],
  ])('%s passes', async (_, headers) => {
    for (const method of ['POST', 'PATCH', 'DELETE', 'PUT']) {
      expect(await codeOf(ask('/api/planes', { method, headers }))).toBeUndefined();
    }
  });

  test.each([
    ['from another site', { ...json, origin: 'https://evil.example' }, 'cross-origin'],
    ['from another port', { ...json, origin: 'http://localhost:4000' }, 'cross-origin'],
    ['from a sandboxed frame', { ...json, origin: 'null' }, 'cross-origin'],
    ['with a cross-site fetch header', { ...json, 'sec-fetch-site': 'cross-site' }, 'cross-origin'],
    ['from a sibling origin', { ...json, 'sec-fetch-site': 'same-site' }, 'cross-origin'],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'unsupported-media-type'],
    ['as plain text', { 'content-type': 'text/plain;application/json' }, 'unsupported-media-type'],
    ['without a type', {}, 'unsupported-media-type'],
  ])('%s is rejected', async (_, headers, code) => {
    for (const method of ['POST', 'PATCH', 'DELETE', 'PUT']) {
      expect(await codeOf(ask('/api/planes', { method, headers }))).toBe(code);
    }
  });
});

describe('the form of a wall link', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    [{ ...form, origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, undefined],
    [{ ...form, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 'cross-origin'],
    [{ ...form, origin: 'null' }, 'cross-origin'],
    [{ 'content-type': 'application/json', origin: ORIGIN }, 'unsupported-media-type'],
    [{ 'content-type': 'text/plain', origin: ORIGIN }, 'unsupported-media-type'],
  ])('is accepted only from its own page: %j', async (headers, code) => {
    expect(await codeOf(ask('/wall/enter?title=Lobby', { method: 'POST', headers }))).toBe(code);
  });
});

describe('the percent-encoding of a path', () => {
  const PATHS = ['%', 'dataplanes/acme/%ff%fe', 'a/%E0%A4%A'];

  test.each(PATHS)("is a bad request if it's invalid: %s", async (tail) => {
    for (const path of [`/api/planes/${tail}`, `/planes/${tail}`]) {
      const response = ask(path);
      expect(response.status).toBe(400);
      expect(await codeOf(response)).toBe('bad-request');
    }
  });

  test("passes if it's valid", async () => {
    const response = ask('/planes/dataplanes/acme/%E2%82%AC');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-middleware-rewrite')).toBeNull();
  });
});

describe('a method', () => {
  test.each([
    ['OPTIONS', '/api/planes', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
    ['OPTIONS', '/', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
    ['PROPFIND', '/', 'GET, HEAD, POST, PUT, PATCH, DELETE'],
    ['PUT', '/wall/enter', 'GET, HEAD, POST'],
    ['POST', '/wall/stream', 'GET, HEAD'],
    ['DELETE', '/wall', 'GET, HEAD'],
  ])("that isn't allowed is rejected before its body is checked: %s %s", async (method, path, allow) => {
    const response = ask(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(await codeOf(response)).toBe('method-not-allowed');
  });
});
