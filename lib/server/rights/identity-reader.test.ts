import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KubeError } from '@/lib/server/kube/kube-error';
import { IdentityReader } from './identity-reader';

const UNKNOWN = { user: null, groups: [] };

let requestCount: number;
let generation: number;
/** What the next request ends with: a name, a failure, or nothing at any time. */
let answer: () => Promise<string>;
let identity: IdentityReader;
/** Called when the credential's files are looked at. */
let onCheck: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  requestCount = 0;
  generation = 1;
  answer = async () => 'admin';
  onCheck = () => {};
  identity = new IdentityReader({
    connection: {
      get generation() {
        return generation;
      },
      checkFiles: () => onCheck(),
    },
    request: async () => {
      requestCount += 1;
      return {
        status: 201,
        etag: null,
        warnings: [],
        body: { kind: 'SelfSubjectReview', status: { userInfo: { username: await answer() } } },
      };
    },
  });
});
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);

test("the identity is unknown at once while the API server doesn't answer, and takes only one request", async () => {
  answer = () => new Promise(() => {});
  for (let page = 0; page < 20; page += 1) expect(identity.current()).toEqual(UNKNOWN);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(identity.current()).toEqual(UNKNOWN);
  expect(requestCount).toBe(1);
});

test('the identity is requested once and stays known', async () => {
  identity.current();
  await settle();
  expect(identity.current()).toEqual({ user: 'admin', groups: [] });
  await vi.advanceTimersByTimeAsync(3_600_000);
  identity.current();
  expect(requestCount).toBe(1);
});

test('awaitCurrent waits for the first name', async () => {
  answer = () => new Promise((resolve) => setTimeout(() => resolve('admin'), 200));
  const named = identity.awaitCurrent();
  await vi.advanceTimersByTimeAsync(200);
  expect(await named).toEqual({ user: 'admin', groups: [] });
});

test("awaitCurrent doesn't wait long for a name", async () => {
  answer = () => new Promise(() => {});
  const named = identity.awaitCurrent();
  await vi.advanceTimersByTimeAsync(500);
  expect(await named).toEqual(UNKNOWN);
  expect(requestCount).toBe(1);
});

test('the identity is requested in the background for a new credential, and the last one counts meanwhile', async () => {
  identity.current();
  await vi.advanceTimersByTimeAsync(20_000);
  generation = 2;
  answer = async () => 'reader';
  expect(identity.current().user).toBe('admin');
  await settle();
  expect(identity.current().user).toBe('reader');
});

test("another user's credential is never named after the one before, even at once and without a request", async () => {
  await identity.awaitCurrent();
  onCheck = () => {
    generation = 2;
  };
  answer = async () => 'reader';
  expect(await identity.awaitCurrent()).toEqual({ user: 'reader', groups: [] });
  expect(requestCount).toBe(2);
});

test("the identity isn't requested for every page while the credential is rejected", async () => {
  answer = async () => {
    // Each rejection makes the client read the credential again.
    generation += 1;
    throw new KubeError('unauthorized', 'No.', 401);
  };
  for (let second = 0; second < 30; second += 1) {
    identity.current();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(requestCount).toBe(3);
  // A caller that knows that the API server is back doesn't wait for the pause.
  answer = async () => 'admin';
  await identity.refresh();
  expect(identity.current().user).toBe('admin');
});
