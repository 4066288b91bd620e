import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KubeError } from '@/lib/server/kube/kube-error';
import { IdentityReader } from './identity-reader';

const UNKNOWN = { user: null, groups: [] };

let asked: number;
let generation: number;
/** What the next request ends with: a name, a failure, or nothing for as long as it takes. */
let answer: () => Promise<string>;
let identity: IdentityReader;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  generation = 1;
  answer = async () => 'admin';
  identity = new IdentityReader({
    connection: {
      get generation() {
        return generation;
      },
    },
    request: async () => {
      asked += 1;
      return {
        status: 201,
        etag: null,
        warnings: [],
        body: { status: { userInfo: { username: await answer() } } },
      };
    },
  });
});
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);

test('is unknown at once while nobody answers, and one question is enough', async () => {
  answer = () => new Promise(() => {});
  for (let page = 0; page < 20; page += 1) expect(identity.current()).toEqual(UNKNOWN);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(identity.current()).toEqual(UNKNOWN);
  expect(asked).toBe(1);
});

test('is asked once and known from then on', async () => {
  identity.current();
  await settle();
  expect(identity.current()).toEqual({ user: 'admin', groups: [] });
  await vi.advanceTimersByTimeAsync(3_600_000);
  identity.current();
  expect(asked).toBe(1);
});

test('the first name is waited for', async () => {
  answer = () => new Promise((resolve) => setTimeout(() => resolve('admin'), 200));
  const named = identity.awaitFirst();
  await vi.advanceTimersByTimeAsync(200);
  expect(await named).toEqual({ user: 'admin', groups: [] });
});

test('nobody waits long for a name', async () => {
  answer = () => new Promise(() => {});
  const named = identity.awaitFirst();
  await vi.advanceTimersByTimeAsync(500);
  expect(await named).toEqual(UNKNOWN);
  expect(asked).toBe(1);
});

test('a new credential is asked about in the background, and the last name counts until then', async () => {
  identity.current();
  await vi.advanceTimersByTimeAsync(20_000);
  generation = 2;
  answer = async () => 'reader';
  expect(identity.current().user).toBe('admin');
  await settle();
  expect(identity.current().user).toBe('reader');
});

test('a credential that is refused is not asked about with every page', async () => {
  answer = async () => {
    // Each refusal makes the credential be read anew.
    generation += 1;
    throw new KubeError('unauthorized', 'No.', 401);
  };
  for (let second = 0; second < 30; second += 1) {
    identity.current();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(asked).toBe(3);
  // Whoever knows that the API server is back does not wait for the pause.
  answer = async () => 'admin';
  await identity.refresh();
  expect(identity.current().user).toBe('admin');
});
