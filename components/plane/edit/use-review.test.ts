import { expect, test } from 'vitest';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import type { ProblemCode } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';
import { beginEdit, type EditSession, withObject, withStored } from './edit-session';
import { reviewOf } from './use-review';

const STORED = {
  uid: 'uid-1',
  planeKey: 'dataplanes/acme/prod',
  resourceVersion: '1',
  generation: 1,
  object: { spec: { planeID: 'prod' } },
};
const EDIT = withObject(beginEdit(STORED), { spec: { planeID: 'other' } });
const ANSWER: PlaneEditAnswer = { dryRun: true, resourceVersion: '1', before: 'a', after: 'b', warnings: [] };
const CHECKED = { isFetching: false, data: ANSWER, error: null };
const NOT_SAVED = { isPending: false, error: null, variables: undefined };
const LOST = new ApiError("Planeboard's server does not answer.", null, null);

function refused(code: ProblemCode): ApiError {
  return new ApiError('No.', { type: 'about:blank', title: 'No.', status: 409, code }, 409);
}

function saving(session: EditSession, error: Error | null = null) {
  return { isPending: error === null, error, variables: { session, answer: ANSWER, evenIfManaged: false } };
}

test('follows the dry run', () => {
  expect(reviewOf(EDIT, { isFetching: true, data: undefined, error: null }, NOT_SAVED)).toEqual({
    phase: 'checking',
  });
  expect(reviewOf(EDIT, CHECKED, NOT_SAVED)).toEqual({ phase: 'checked', answer: ANSWER });
  // What it said before says nothing about now.
  expect(reviewOf(EDIT, { ...CHECKED, isFetching: true }, NOT_SAVED)).toEqual({ phase: 'checking' });
});

test('tells a dry run that was rejected from one without an answer', () => {
  const failed = (error: Error) => reviewOf(EDIT, { isFetching: false, data: undefined, error }, NOT_SAVED);
  expect(failed(refused('invalid-field'))).toMatchObject({ phase: 'rejected', answer: null });
  for (const error of [LOST, refused('api-server-unreachable'), refused('internal')])
    expect(failed(error)).toEqual({ phase: 'failed', reason: error.message, wasSave: false });
});

test('keeps what is saved in sight', () => {
  expect(reviewOf(EDIT, CHECKED, saving(EDIT))).toEqual({ phase: 'saving', answer: ANSWER });
});

test('says that it is not known whether a save whose answer was lost was written', () => {
  expect(reviewOf(EDIT, CHECKED, saving(EDIT, LOST))).toEqual({
    phase: 'failed',
    reason: LOST.message,
    wasSave: true,
  });
});

test('keeps a failed save in sight over a new status of the plane', () => {
  const later = withStored(EDIT, { ...STORED, resourceVersion: '2', object: structuredClone(STORED.object) });
  expect(reviewOf(later, CHECKED, saving(EDIT, LOST))).toMatchObject({ phase: 'failed', wasSave: true });
});

test('says that it was saved after all when the plane is read as it was to be stored', () => {
  const later = withStored(EDIT, { ...STORED, resourceVersion: '2', generation: 2, object: EDIT.object });
  expect(reviewOf(later, CHECKED, saving(EDIT, LOST))).toMatchObject({ phase: 'failed', wasSave: true });
});

test('goes back to the dry run once the changes of others are in the edit', () => {
  const theirs = { metadata: { labels: { team: 'theirs' } }, spec: { planeID: 'prod' } };
  const merged = withStored(EDIT, { ...STORED, resourceVersion: '2', object: theirs });
  expect(merged.conflicts).toBeNull();
  expect(reviewOf(merged, { ...CHECKED, isFetching: true }, saving(EDIT, refused('conflict')))).toEqual({
    phase: 'checking',
  });
});

test('offers to save all the same what another tool manages', () => {
  expect(reviewOf(EDIT, CHECKED, saving(EDIT, refused('managed-elsewhere')))).toMatchObject({
    phase: 'rejected',
    answer: ANSWER,
  });
  expect(reviewOf(EDIT, CHECKED, saving(EDIT, refused('invalid-field')))).toMatchObject({
    phase: 'rejected',
    answer: null,
  });
});
