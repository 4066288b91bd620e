import { afterEach, expect, test, vi } from 'vitest';
import type { ProblemCode } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';
import { createFailure, revokeFailure, revokeWallToken } from './use-wall-links';

afterEach(() => vi.unstubAllGlobals());

const apiError = (code: ProblemCode, detail: string) =>
  new ApiError(detail, { type: 'about:blank', title: detail, status: 400, code, detail }, 400);

test('an error says what happened to the link and why', () => {
  const error = apiError('forbidden', "You can't patch configmaps.");
  expect(createFailure(error)).toBe("No link was created. You can't patch configmaps.");
  expect(revokeFailure(error)).toBe("The link wasn't revoked. You can't patch configmaps.");
});

test.each([
  ['no response', new ApiError("Planeboard's server isn't responding.", null, null)],
  ["a proxy's error", new ApiError("Planeboard's server returned HTTP 502.", null, 502)],
  ['an unreachable API server', apiError('api-server-unreachable', "It isn't responding.")],
  ['an unreadable response', new SyntaxError('Unexpected token')],
])('after %s the error leaves open what happened to the link', (_, error) => {
  expect(createFailure(error)).toContain('Outcome unknown: if the link is in the list');
  expect(revokeFailure(error)).toContain('Outcome unknown: you can safely revoke');
});

test('revoking a missing link succeeds', async () => {
  const { problem } = apiError('not-found', "This wall link doesn't exist.");
  vi.stubGlobal('fetch', async () => Response.json(problem, { status: 404 }));
  await expect(revokeWallToken('lobby')).resolves.toBeUndefined();
});
