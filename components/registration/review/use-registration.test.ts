import { expect, test } from 'vitest';
import type { ProblemCode } from '@/lib/api/problem';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { ApiError } from '@/lib/client/api/api-request';
import { dryRunOf } from './use-registration';

const ANSWER = { outcome: 'would-create' } as unknown as RegistrationAnswer;
const DONE = { data: undefined, error: null, isFetching: false };

function apiError(code: ProblemCode): ApiError {
  return new ApiError('No.', { type: 'about:blank', title: 'No.', status: 409, code }, 409);
}

test('a dry run is off while checks are disabled', () => {
  expect(dryRunOf(false, { ...DONE, data: ANSWER })).toEqual({ state: 'off' });
});

test('a dry run is checking until a response arrives, and again while the next one is pending', () => {
  expect(dryRunOf(true, DONE)).toEqual({ state: 'checking' });
  expect(dryRunOf(true, { ...DONE, data: ANSWER, isFetching: true })).toEqual({ state: 'checking' });
  expect(dryRunOf(true, { ...DONE, data: ANSWER })).toEqual({ state: 'passed', answer: ANSWER });
});

test.each<ProblemCode>(['invalid-field', 'forbidden', 'already-exists', 'conflict'])(
  'a dry run is rejected by %s, which concerns the draft',
  (code) => {
    expect(dryRunOf(true, { ...DONE, error: apiError(code) })).toMatchObject({
      state: 'rejected',
      problem: { code },
    });
  },
);

test.each([
  ['no response', new ApiError("Planeboard's server isn't responding.", null, null)],
  ['an unreachable API server', apiError('api-server-unreachable')],
  ['an unreadable response', new SyntaxError('Unexpected token')],
])('a dry run fails without rejecting the draft after %s', (_, error) => {
  expect(dryRunOf(true, { ...DONE, error })).toEqual({ state: 'failed', reason: error.message });
});
