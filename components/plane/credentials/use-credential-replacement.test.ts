import { expect, test } from 'vitest';
import type { CredentialReplacement, CredentialReplacementAnswer } from '@/lib/api/credentials';
import type { ProblemCode } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';
import { replacedText, replacementState } from './use-credential-replacement';

const REQUEST: CredentialReplacement = { slot: 'agent-ca', action: 'add', text: 'a certificate' };
const CHECKED = answer({ dryRun: true });
const WRITTEN = answer({ dryRun: false });
const NONE = { data: undefined, error: null };
const NOT_WRITTEN = { ...NONE, isPending: false, variables: undefined };
const variables = { checked: { request: REQUEST, answer: CHECKED }, evenIfManaged: false };

function answer(part: Partial<CredentialReplacementAnswer>): CredentialReplacementAnswer {
  return {
    dryRun: false,
    writes: [],
    written: [],
    refreshedAt: null,
    fingerprints: [],
    warnings: [],
    ...part,
  };
}

function rejection(code: ProblemCode, detail: string): ApiError {
  return new ApiError(detail, { type: 'about:blank', title: detail, status: 409, code, detail }, 409);
}

test('is idle until a dry run is requested', () => {
  expect(replacementState(null, NONE, NOT_WRITTEN)).toEqual({ phase: 'idle' });
});

test('follows the dry run', () => {
  expect(replacementState(REQUEST, NONE, NOT_WRITTEN)).toEqual({ phase: 'checking' });
  expect(replacementState(REQUEST, { ...NONE, data: CHECKED }, NOT_WRITTEN)).toEqual({
    phase: 'checked',
    request: REQUEST,
    answer: CHECKED,
  });
  const error = rejection('invalid-field', 'It is expired.');
  expect(replacementState(REQUEST, { ...NONE, error }, NOT_WRITTEN)).toEqual({
    phase: 'failed',
    message: 'It is expired.',
  });
});

test('shows the result of the write even when the dry run or the form has changed', () => {
  const check = { ...NONE, data: CHECKED };
  const writing = { ...NONE, isPending: true, variables };
  expect(replacementState(REQUEST, check, writing)).toEqual({ phase: 'writing' });
  // An edit of the form discards the request.
  expect(replacementState(null, NONE, writing)).toEqual({ phase: 'writing' });
  expect(replacementState(null, NONE, { ...writing, isPending: false, data: WRITTEN })).toEqual({
    phase: 'written',
    request: REQUEST,
    answer: WRITTEN,
  });
  const lost = new ApiError("Planeboard's server isn't responding.", null, null);
  expect(replacementState(REQUEST, check, { ...writing, isPending: false, error: lost })).toEqual({
    phase: 'failed',
    message: "Outcome unknown: the credential may have been replaced. Planeboard's server isn't responding.",
  });
});

test('keeps the answer of the dry run when another tool manages the object', () => {
  const error = rejection('managed-elsewhere', 'Argo CD manages it.');
  expect(replacementState(REQUEST, { ...NONE, data: CHECKED }, { ...NOT_WRITTEN, variables, error })).toEqual(
    { phase: 'managed', request: REQUEST, answer: CHECKED, detail: 'Argo CD manages it.' },
  );
});

test('says that the entered credential was already stored', () => {
  expect(replacedText('bearer token', answer({ isSame: true }))).toBe(
    'You entered the bearer token that was already stored. To replace it, enter a new one.',
  );
  expect(replacedText('bearer token', answer({ refreshedAt: '2026-03-10T14:00:00Z' }))).toBe(
    "The bearer token was replaced, and a status refresh was requested. Planeboard doesn't test it, so check that it works when it's next used.",
  );
});
