import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KubeError } from '@/lib/server/kube/kube-error';
import { CertificateCache } from './certificate-cache';

const EMPTY_SECRET = { metadata: { uid: 'u', resourceVersion: '1' }, data: {} };
const source = { secret: { namespace: 'acme', name: 'ca', key: 'ca.crt' } };

let askedTimes: number;
let cache: CertificateCache;

/** A cache whose every reading of the Secret fails like this, until `answer` is replaced. */
let answer: () => { status: number; etag: null; warnings: []; body: unknown };

beforeEach(() => {
  vi.useFakeTimers();
  askedTimes = 0;
  const request = async () => {
    askedTimes += 1;
    return answer();
  };
  cache = new CertificateCache({ request }, () => {});
});
afterEach(() => {
  cache.stop();
  vi.useRealTimers();
});

/** Lets time pass with the ticks that the runtime makes. */
async function pass(ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= 5000) {
    await vi.advanceTimersByTimeAsync(Math.min(leftMs, 5000));
    cache.tick();
  }
  await vi.advanceTimersByTimeAsync(0);
}

test.each(['unreachable', 'timeout', 'server-error', 'unauthorized'] as const)(
  'a Secret whose reading failed as "%s" is read again after seconds, not minutes',
  async (code) => {
    answer = () => {
      throw new KubeError(code, 'It failed.');
    };
    cache.track('a', source, '1 ');
    await pass(5000);
    expect(askedTimes).toBe(1);
    expect(cache.factOf('a')).toEqual({ state: 'not-checked' });
    answer = () => ({ status: 200, etag: null, warnings: [], body: EMPTY_SECRET });
    await pass(10_000);
    expect(askedTimes).toBe(2);
    expect(cache.factOf('a')).toMatchObject({ state: 'key-missing' });
  },
);

test.each([
  ['forbidden', 'not-checked'],
  ['not-found', 'secret-missing'],
] as const)('"%s" is an answer, and is asked for again after minutes only', async (code, state) => {
  answer = () => {
    throw new KubeError(code, 'No.');
  };
  cache.track('a', source, '1 ');
  await pass(170_000);
  expect(askedTimes).toBe(1);
  expect(cache.factOf('a').state).toBe(state);
  await pass(20_000);
  expect(askedTimes).toBe(2);
});

test('a plane that was touched has its Secret read at once: whoever mended it waits for that', async () => {
  answer = () => {
    throw new KubeError('not-found', 'No.');
  };
  cache.track('a', source, '1 ');
  await pass(5000);
  expect(cache.factOf('a').state).toBe('secret-missing');
  answer = () => ({ status: 200, etag: null, warnings: [], body: EMPTY_SECRET });
  cache.track('a', source, '1 ');
  await pass(5000);
  expect(askedTimes).toBe(1);
  cache.track('a', source, '1 2026-03-10T12:00:00Z');
  await pass(5000);
  expect(askedTimes).toBe(2);
  expect(cache.factOf('a').state).toBe('key-missing');
});
