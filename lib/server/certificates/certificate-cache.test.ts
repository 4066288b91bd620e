import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { KubeRequest } from '@/lib/server/kube/kube-client';
import { KubeError } from '@/lib/server/kube/kube-error';
import { secretAt } from '@/testing/server/secret-at';
import { CertificateCache } from './certificate-cache';

const SECRET_PATH = '/api/v1/namespaces/acme/secrets/ca';
const EMPTY_SECRET = secretAt(SECRET_PATH, {});
const agentCa = { secret: { namespace: 'acme', name: 'ca', key: 'ca.crt' } };
const source = { agentCa, credentials: [] };

let requestCount: number;
/** The changes of Secrets that were reported. */
let changes: string[];
let cache: CertificateCache;

/** What a reading of the Secret returns or throws. */
let answer: (path: string) => { status: number; etag: null; warnings: []; body: unknown };

beforeEach(() => {
  vi.useFakeTimers();
  requestCount = 0;
  const request = async ({ path }: KubeRequest) => {
    requestCount += 1;
    return answer(path);
  };
  changes = [];
  cache = new CertificateCache(
    { request },
    () => {},
    (uid, seen) =>
      changes.push(
        ...seen.map(({ what, slot, takesBack }) => `${uid} ${slot} ${takesBack ? 'set back' : what}`),
      ),
  );
});
afterEach(() => {
  cache.stop();
  vi.useRealTimers();
});

/** Advances the time, with the ticks that the runtime makes. */
async function pass(ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= 5000) {
    await vi.advanceTimersByTimeAsync(Math.min(leftMs, 5000));
    cache.tick();
  }
  await vi.advanceTimersByTimeAsync(0);
}

test.each(['unreachable', 'timeout', 'server-error', 'unauthorized'] as const)(
  'reads a Secret again after seconds, not minutes, when the reading failed with "%s"',
  async (code) => {
    answer = () => {
      throw new KubeError(code, 'It failed.');
    };
    cache.track('a', source, '1 ');
    await pass(5000);
    expect(requestCount).toBe(1);
    expect(cache.factOf('a')).toEqual({ state: 'not-checked' });
    answer = () => ({ status: 200, etag: null, warnings: [], body: EMPTY_SECRET });
    await pass(10_000);
    expect(requestCount).toBe(2);
    expect(cache.factOf('a')).toMatchObject({ state: 'key-missing' });
  },
);

test.each([
  ['forbidden', 'not-checked'],
  ['not-found', 'secret-missing'],
] as const)('reads a Secret again only after minutes when the answer is "%s"', async (code, state) => {
  answer = () => {
    throw new KubeError(code, 'No.');
  };
  cache.track('a', source, '1 ');
  await pass(170_000);
  expect(requestCount).toBe(1);
  expect(cache.factOf('a').state).toBe(state);
  await pass(20_000);
  expect(requestCount).toBe(2);
});

test('reads the Secret at once when the plane is refreshed', async () => {
  answer = () => {
    throw new KubeError('not-found', 'No.');
  };
  cache.track('a', source, '1 ');
  await pass(5000);
  expect(cache.factOf('a').state).toBe('secret-missing');
  answer = () => ({ status: 200, etag: null, warnings: [], body: EMPTY_SECRET });
  cache.track('a', source, '1 ');
  await pass(5000);
  expect(requestCount).toBe(1);
  cache.track('a', source, '1 2026-03-10T12:00:00Z');
  await pass(5000);
  expect(requestCount).toBe(2);
  expect(cache.factOf('a').state).toBe('key-missing');
});

test('says that a key is empty, which is something else than missing', async () => {
  const body = secretAt(SECRET_PATH, { 'ca.crt': '' });
  answer = () => ({ status: 200, etag: null, warnings: [], body });
  cache.track('a', source, '1 ');
  await pass(5000);
  expect(cache.factOf('a')).toEqual({
    state: 'unparsable',
    problem: 'key "ca.crt" of Secret acme/ca is empty.',
  });
});

test("reads a plane's Secrets again when its page is viewed, at most every ten seconds", async () => {
  answer = () => ({ status: 200, etag: null, warnings: [], body: EMPTY_SECRET });
  cache.track('a', source, '1 ');
  await pass(5000);
  cache.viewed('a');
  cache.viewed('unknown');
  await pass(5000);
  expect(requestCount).toBe(1);
  answer = () => {
    throw new KubeError('not-found', 'No.');
  };
  cache.viewed('a');
  cache.viewed('a');
  await pass(5000);
  expect(requestCount).toBe(2);
  expect(cache.factOf('a')).toMatchObject({ state: 'secret-missing' });
});

test('reports a CA that was removed from its Secret and set back, however often the plane is read', async () => {
  const { certPem } = await CertificateAuthority.create('agents', { days: 400 });
  const secretWith = (data: Record<string, string>) => () => ({
    status: 200,
    etag: null,
    warnings: [] as [],
    body: secretAt(SECRET_PATH, data),
  });
  const held = secretWith({ 'ca.crt': Buffer.from(certPem).toString('base64') });
  answer = held;
  cache.track('a', source, '1  true');
  await pass(5000);
  answer = () => {
    throw new KubeError('timeout', 'It failed.');
  };
  cache.track('a', source, '1  false');
  await pass(5000);
  expect(changes).toEqual([]);
  answer = secretWith({});
  await pass(10_000);
  cache.track('a', source, '2  false');
  await pass(5000);
  expect(changes).toEqual(['a agent-ca removed']);
  answer = held;
  cache.track('a', source, '2  true');
  await pass(5000);
  expect(changes).toEqual(['a agent-ca removed', 'a agent-ca set back']);
});

test('reports no change when the plane refers to another Secret', async () => {
  const { certPem } = await CertificateAuthority.create('agents', { days: 400 });
  const data = { 'ca.crt': Buffer.from(certPem).toString('base64') };
  answer = () => ({ status: 200, etag: null, warnings: [], body: secretAt(SECRET_PATH, data) });
  cache.track('a', source, '1 ');
  await pass(5000);
  answer = (path) => ({ status: 200, etag: null, warnings: [], body: secretAt(path, {}) });
  cache.track('a', { ...source, agentCa: { secret: { ...agentCa.secret, name: 'other' } } }, '2 ');
  await pass(5000);
  expect(cache.factOf('a').state).toBe('key-missing');
  expect(changes).toEqual([]);
});

test('tells a CA that may not be read from one that was not read yet', async () => {
  answer = () => {
    throw new KubeError('forbidden', 'No.');
  };
  cache.track('a', source, '1 ');
  expect([cache.caSecretOf('a'), cache.countForbiddenCas()]).toMatchObject([{ isForbidden: false }, 0]);
  await pass(0);
  expect(cache.caSecretOf('a')).toEqual({ secret: agentCa.secret, isForbidden: true });
  expect([cache.isCaForbidden('a'), cache.countForbiddenCas()]).toEqual([true, 1]);
  answer = () => ({ status: 200, etag: null, warnings: [], body: EMPTY_SECRET });
  await pass(180_000);
  expect(cache.countForbiddenCas()).toBe(0);
  cache.track('a', { agentCa: { inline: 'x' }, credentials: [] }, '2 ');
  expect(cache.caSecretOf('a')).toBeNull();
});
