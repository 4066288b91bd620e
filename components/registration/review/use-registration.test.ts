import { expect, test } from 'vitest';
import type { ProblemCode } from '@/lib/api/problem';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { ApiError } from '@/lib/client/api/api-request';
import { dryRunOf } from './use-registration';

const ANSWER = { outcome: 'would-create' } as unknown as RegistrationAnswer;
const DONE = { data: undefined, error: null, isFetching: false };

function refused(code: ProblemCode): ApiError {
  return new ApiError('No.', { type: 'about:blank', title: 'No.', status: 409, code }, 409);
}

test('is off while the draft is not to be checked', () => {
  expect(dryRunOf(false, { ...DONE, data: ANSWER })).toEqual({ state: 'off' });
});

test('is checking until there is an answer, and again while another one is awaited', () => {
  expect(dryRunOf(true, DONE)).toEqual({ state: 'checking' });
  expect(dryRunOf(true, { ...DONE, data: ANSWER, isFetching: true })).toEqual({ state: 'checking' });
  expect(dryRunOf(true, { ...DONE, data: ANSWER })).toEqual({ state: 'passed', answer: ANSWER });
});

test.each<ProblemCode>(['invalid-field', 'forbidden', 'already-exists', 'conflict'])(
  'is rejected by %s, which is about what was sent',
  (code) => {
    expect(dryRunOf(true, { ...DONE, error: refused(code) })).toMatchObject({
      state: 'rejected',
      problem: { code },
    });
  },
);

test.each([
  ['no answer', new ApiError("Planeboard's server does not answer.", null, null)],
  ['an API server that is away', refused('api-server-unreachable')],
  ['an answer that is none', new SyntaxError('Unexpected token')],
])('says nothing against the draft after %s', (_, error) => {
  expect(dryRunOf(true, { ...DONE, error })).toEqual({ state: 'failed', reason: error.message });
});
