import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, isWorthRetrying, lostAnswerText, postJson, retryDelayMs } from './api-request';

test.each<[string, boolean, unknown]>([
  ['no response', true, new ApiError("Planeboard's server isn't responding.", null, null)],
  ['503, a timeout', true, new ApiError("The API server can't be reached.", null, 503)],
  ['502, a failing API server', true, new ApiError('The API server returned an error.', null, 502)],
  ['429', true, new ApiError('Too many requests.', null, 429)],
  ['401', false, new ApiError('Not signed in.', null, 401)],
  ['403', false, new ApiError('Not allowed.', null, 403)],
  ['404', false, new ApiError('Not found.', null, 404)],
  ['a response that breaks the contract', false, new TypeError('Invalid snapshot frame.')],
])('after %s a retry helps: %s', (_, helps, error) => {
  expect(isWorthRetrying(error)).toBe(helps);
});

test('waits longer after each failure, up to a limit', () => {
  expect([0, 1, 2, 3, 4, 50].map(retryDelayMs)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test('says that the outcome of a write is unknown when the server did not answer', () => {
  const lost = new ApiError("Planeboard's server isn't responding.", null, null);
  expect(lostAnswerText(lost, 'the deletion may have started')).toBe(
    "Outcome unknown: the deletion may have started. Planeboard's server isn't responding.",
  );
});

test('leaves what the server says about a failed write as it is', () => {
  const problem = { type: 'about:blank', title: 'No.', status: 403, code: 'forbidden' } as const;
  expect(lostAnswerText(new ApiError('Not allowed.', problem, 403), 'it may be saved')).toBe('Not allowed.');
});

afterEach(() => vi.unstubAllGlobals());

test("doesn't take a proxy's sign-in page for an answer", async () => {
  vi.stubGlobal('fetch', async () => new Response('<html>Sign in</html>', { status: 200 }));
  const lost = await postJson('/api/planes', {}).catch((error: unknown) => error);
  expect(lost).toBeInstanceOf(ApiError);
  expect(lostAnswerText(lost as ApiError, 'the change may have been saved')).toBe(
    "Outcome unknown: the change may have been saved. The response isn't from Planeboard's server. If a proxy in front of it asks you to sign in, do that in another tab.",
  );
});
