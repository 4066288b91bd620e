import { describe, expect, test } from 'vitest';
import { problemSchema } from '@/lib/api/problem';
import type { ProblemParts } from '@/lib/server/http/problem';
import { type RequestHead, refusalOf, upgradeRefusalOf } from './request-head';

const CONFIG = { host: '127.0.0.1', publicUrl: null };
const OWN = { host: 'localhost:3000' };
const JSON_TYPE = { ...OWN, 'content-type': 'application/json' };
const FORM = { ...OWN, 'content-type': 'application/x-www-form-urlencoded' };
const LIMIT_BYTES = 512 * 1024;

function head(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = OWN,
  hosts = 1,
): RequestHead {
  return { method, target, headers: new Headers(headers), hosts };
}

/** Returns the status and code of a refusal; null: the request passes. */
function outcome(refusal: ProblemParts | null): unknown {
  if (refusal === null) return null;
  const { status, code } = problemSchema.parse(JSON.parse(refusal.body));
  expect(refusal.status).toBe(status);
  expect(refusal.headers['x-content-type-options']).toBe('nosniff');
  return `${status} ${code}`;
}

describe('a request', () => {
  test.each([
    ['GET', '/', OWN],
    ['HEAD', '/api/planes', OWN],
    ['GET', '/', { ...OWN, 'content-length': '0' }],
    ['GET', '/healthz', { host: '10.0.0.7:3000' }],
    ['GET', '/readyz?verbose', { host: '10.0.0.7:3000' }],
    ['POST', '/api/planes', { ...JSON_TYPE, 'content-length': String(LIMIT_BYTES) }],
    ['DELETE', '/api/planes/x', { ...JSON_TYPE, origin: 'http://localhost:3000' }],
    ['POST', '/wall/enter?title=Lobby', { ...FORM, origin: 'http://localhost:3000' }],
    ['GET', `/wall?${'namespace=a&'.repeat(999)}`, OWN],
    // A page of another site may link to this one.
    ['GET', '/', { ...OWN, 'sec-fetch-site': 'cross-site' }],
  ])('passes: %s %s %j', (method, target, headers) => {
    expect(outcome(refusalOf(head(method, target, headers), CONFIG, false))).toBeNull();
  });

  test.each([
    ['TRACE', '/', OWN, '405 method-not-allowed'],
    ['TRACE', '/healthz', OWN, '405 method-not-allowed'],
    ['OPTIONS', '/api/planes', OWN, '405 method-not-allowed'],
    ['PROPFIND', '/', OWN, '405 method-not-allowed'],
    ['POST', '/wall/stream', JSON_TYPE, '405 method-not-allowed'],
    ['GET', 'http://localhost:3000/', OWN, '400 bad-request'],
    ['GET', 'http://evil.example/api/planes', OWN, '400 bad-request'],
    ['OPTIONS', '*', OWN, '400 bad-request'],
    ['GET', 'localhost:3000', OWN, '400 bad-request'],
    ['GET', `/?${'a&'.repeat(7000)}`, OWN, '400 bad-request'],
    ['GET', `/healthz?${'a&'.repeat(7000)}`, OWN, '400 bad-request'],
    ['GET', '/', { host: 'evil.example' }, '421 unknown-host'],
    ['GET', '/', {}, '421 unknown-host'],
    ['GET', '/healthz/../api/planes', { host: 'evil.example' }, '421 unknown-host'],
    ['POST', '/api/planes', { ...JSON_TYPE, host: 'evil.example' }, '421 unknown-host'],
    ['POST', '/api/planes', { ...JSON_TYPE, 'content-length': `${LIMIT_BYTES + 1}` }, '413 too-large'],
    ['PUT', '/nowhere', { ...JSON_TYPE, 'content-length': '10485760' }, '413 too-large'],
    ['POST', '/api/planes', { ...JSON_TYPE, 'transfer-encoding': 'chunked' }, '411 length-required'],
    ['GET', '/', { ...OWN, 'transfer-encoding': 'chunked' }, '411 length-required'],
    ['POST', '/healthz', { ...JSON_TYPE, 'content-length': '10485760' }, '413 too-large'],
    ['GET', '/api/planes', { ...OWN, 'content-length': '2' }, '400 bad-request'],
    ['POST', '/api/planes', OWN, '415 unsupported-media-type'],
    ['POST', '/api/planes', { ...OWN, 'content-type': 'text/plain' }, '415 unsupported-media-type'],
    ['POST', '/api/planes', FORM, '415 unsupported-media-type'],
    ['POST', '/wall/enter', JSON_TYPE, '415 unsupported-media-type'],
    ['POST', '/wall/enter', { ...FORM, origin: 'https://evil.example' }, '403 cross-origin'],
    ['POST', '/wall/enter/', FORM, '405 method-not-allowed'],
    ['POST', '/api/planes', { ...JSON_TYPE, origin: 'http://localhost:4000' }, '403 cross-origin'],
    ['DELETE', '/api/planes', { ...JSON_TYPE, 'sec-fetch-site': 'same-site' }, '403 cross-origin'],
  ])('is refused by its head alone: %s %s %j', (method, target, headers, expected) => {
    expect(outcome(refusalOf(head(method, target, headers), CONFIG, false))).toBe(expected);
  });

  test('is refused if it has two Host headers', () => {
    expect(outcome(refusalOf(head('GET', '/', OWN, 2), CONFIG, false))).toBe('400 bad-request');
    expect(outcome(refusalOf(head('GET', '/healthz', OWN, 2), CONFIG, false))).toBe('400 bad-request');
  });

  test('learns the methods of its path when its own is refused', () => {
    const allowOf = (path: string) => refusalOf(head('TRACE', path), CONFIG, false)?.headers.allow;
    expect(allowOf('/api/planes')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE');
    expect(allowOf('/wall?title=Lobby')).toBe('GET, HEAD');
  });
});

test("only development takes what Next's error overlay posts, and only from an own page", () => {
  const post = (headers: Readonly<Record<string, string>>, development: boolean) =>
    outcome(refusalOf(head('POST', '/__nextjs_original-stack-frames', headers), CONFIG, development));
  const own = { ...OWN, 'content-type': 'text/plain', origin: 'http://localhost:3000' };
  expect(post(own, true)).toBeNull();
  expect(post(own, false)).toBe('415 unsupported-media-type');
  expect(post({ ...own, origin: 'https://evil.example' }, true)).toBe('403 cross-origin');
});

describe('an upgrade', () => {
  const HOT_RELOAD = '/_next/hmr?id=1';
  const own = { ...OWN, origin: 'http://localhost:3000' };

  test.each([
    ['/', own, '400 bad-request'],
    [HOT_RELOAD, own, '400 bad-request'],
    ['/', { ...own, host: 'evil.example' }, '421 unknown-host'],
    ['http://localhost:3000/', own, '400 bad-request'],
  ])('of %s is refused in production: %j', (target, headers, expected) => {
    expect(outcome(upgradeRefusalOf(head('GET', target, headers), CONFIG, false))).toBe(expected);
  });

  test.each([
    [HOT_RELOAD, own, null],
    ['/', own, '400 bad-request'],
    [HOT_RELOAD, OWN, '403 cross-origin'],
    [HOT_RELOAD, { ...OWN, origin: 'https://evil.example' }, '403 cross-origin'],
    [HOT_RELOAD, { host: 'evil.example', origin: 'http://evil.example' }, '421 unknown-host'],
  ])('of %s in development serves only hot reload of an own page: %j', (target, headers, expected) => {
    expect(outcome(upgradeRefusalOf(head('GET', target, headers), CONFIG, true))).toBe(expected);
  });
});
