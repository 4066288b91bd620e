import { afterEach, expect, test, vi } from 'vitest';
import type { ProblemCode } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';
import { createFailure, revokeFailure, revokeWallToken } from './use-wall-links';

afterEach(() => vi.unstubAllGlobals());

const refused = (code: ProblemCode, detail: string) =>
  new ApiError(detail, { type: 'about:blank', title: detail, status: 400, code, detail }, 400);

test('a refusal is passed on, with what became of the link', () => {
  const error = refused('forbidden', 'You may not patch configmaps.');
  expect(createFailure(error)).toBe('No link was made. You may not patch configmaps.');
  expect(revokeFailure(error)).toBe('The link is not revoked. You may not patch configmaps.');
});

test.each([
  ['no answer', new ApiError("Planeboard's server does not answer.", null, null)],
  ["a proxy's own answer", new ApiError("Planeboard's server answered 502.", null, 502)],
  ['an API server that is away', refused('api-server-unreachable', 'It does not answer.')],
  ['an answer that is none', new SyntaxError('Unexpected token')],
])('after %s nothing is claimed of the link', (_, error) => {
  expect(createFailure(error)).toContain('Whether the link was made is not known');
  expect(revokeFailure(error)).toContain('Whether the link is revoked is not known');
});

test('a link that is gone is revoked', async () => {
  const { problem } = refused('not-found', 'There is no such link.');
  vi.stubGlobal('fetch', async () => Response.json(problem, { status: 404 }));
  await expect(revokeWallToken('lobby')).resolves.toBeUndefined();
});
