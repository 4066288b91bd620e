import { expect, test } from 'vitest';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import type { ProblemCode } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';
import { beginEdit, type EditSession, withObject, withStored } from './edit-session';
import { isAsShown, reviewOf } from './use-review';

const STORED = {
  uid: 'uid-1',
  planeKey: 'dataplanes/acme/prod',
  resourceVersion: '1',
  generation: 1,
  object: { spec: { planeID: 'prod' } },
};
const EDIT = withObject(beginEdit(STORED), { spec: { planeID: 'other' } });
const ANSWER: PlaneEditAnswer = {
  dryRun: true,
  resourceVersion: '1',
  before: 'a',
  after: 'b',
  notStored: [],
  warnings: [],
};
const CHECKED = { isFetching: false, data: ANSWER, error: null };
const NOT_SAVED = { isPending: false, error: null, variables: undefined };
const LOST = new ApiError("Planeboard's server isn't responding.", null, null);

function rejection(code: ProblemCode): ApiError {
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
  // A repeated dry run makes its previous answer obsolete.
  expect(reviewOf(EDIT, { ...CHECKED, isFetching: true }, NOT_SAVED)).toEqual({ phase: 'checking' });
});

test('distinguishes a rejected dry run from one without an answer', () => {
  const failed = (error: Error) => reviewOf(EDIT, { isFetching: false, data: undefined, error }, NOT_SAVED);
  expect(failed(rejection('invalid-field'))).toMatchObject({ phase: 'rejected', answer: null });
  for (const error of [LOST, rejection('api-server-unreachable'), rejection('internal')])
    expect(failed(error)).toEqual({ phase: 'failed', reason: error.message, wasSave: false });
});

test('shows the dry run’s answer while saving', () => {
  expect(reviewOf(EDIT, CHECKED, saving(EDIT))).toEqual({ phase: 'saving', answer: ANSWER });
});

test('reports a save without an answer as a failed save', () => {
  expect(reviewOf(EDIT, CHECKED, saving(EDIT, LOST))).toEqual({
    phase: 'failed',
    reason: LOST.message,
    wasSave: true,
  });
});

test('keeps showing a failed save after a new status of the plane', () => {
  const later = withStored(EDIT, { ...STORED, resourceVersion: '2', object: structuredClone(STORED.object) });
  expect(reviewOf(later, CHECKED, saving(EDIT, LOST))).toMatchObject({ phase: 'failed', wasSave: true });
});

test('keeps showing a failed save when the plane turns out to be stored as edited', () => {
  const later = withStored(EDIT, { ...STORED, resourceVersion: '2', generation: 2, object: EDIT.object });
  expect(reviewOf(later, CHECKED, saving(EDIT, LOST))).toMatchObject({ phase: 'failed', wasSave: true });
});

test('returns to the dry run once changes of others are merged into the edit', () => {
  const theirs = { metadata: { labels: { team: 'theirs' } }, spec: { planeID: 'prod' } };
  const merged = withStored(EDIT, { ...STORED, resourceVersion: '2', object: theirs });
  expect(merged.conflicts).toBeNull();
  expect(reviewOf(merged, { ...CHECKED, isFetching: true }, saving(EDIT, rejection('conflict')))).toEqual({
    phase: 'checking',
  });
});

test('keeps the dry run’s answer only when another tool manages the plane', () => {
  expect(reviewOf(EDIT, CHECKED, saving(EDIT, rejection('managed-elsewhere')))).toMatchObject({
    phase: 'rejected',
    answer: ANSWER,
  });
  expect(reviewOf(EDIT, CHECKED, saving(EDIT, rejection('invalid-field')))).toMatchObject({
    phase: 'rejected',
    answer: null,
  });
});

test.each([
  ['ends an edit of which everything was stored', [], [], true],
  ['ends an edit whose review named what was not stored', [['spec', 'planeID']], [['spec', 'planeID']], true],
  ['keeps an edit whose review named nothing', [['spec', 'planeID']], [], false],
])('%s', (_, notStored, shown, expected) => {
  expect(isAsShown({ ...ANSWER, notStored }, { ...ANSWER, notStored: shown })).toBe(expected);
});
