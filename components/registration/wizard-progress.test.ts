import { expect, test } from 'vitest';
import { newDraft } from '@/lib/plane/registration/new-draft';
import { STEPS, type Step } from '@/lib/plane/registration/register-url';
import { DRAFT_ID } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import { DraftStore } from './draft-store';
import { stepState } from './wizard-progress';

/** Returns the states of all steps after opening the given ones in order; the last one stays open. */
function statesAfter(opened: readonly Step[], errors: Partial<Record<Step, number>> = {}) {
  const store = new DraftStore();
  store.begin(newDraft(installedKind('1.2', 'DataPlane'), DRAFT_ID));
  for (const step of opened) store.visit(step);
  const current = opened.at(-1) ?? 'kind';
  return STEPS.map((step) => stepState(step, current, store.get(), errors[step] ?? 0));
}

test('a step is complete once it was opened and left without errors', () => {
  expect(statesAfter(['kind', 'identity', 'connection'])).toEqual(['done', 'done', 'todo', 'todo', 'todo']);
  expect(statesAfter(['kind', 'identity', 'connection', 'services', 'review'])).toEqual([
    'done',
    'done',
    'done',
    'done',
    'todo',
  ]);
});

test("a skipped step isn't complete and shows its errors", () => {
  expect(statesAfter(['identity', 'review'], { identity: 1, connection: 2 })).toEqual([
    'done',
    'errors',
    'errors',
    'todo',
    'todo',
  ]);
});

test('going back keeps completed steps complete', () => {
  expect(statesAfter(['identity', 'connection', 'services', 'identity'])).toEqual([
    'done',
    'done',
    'done',
    'todo',
    'todo',
  ]);
});

test('no step is complete without a draft', () => {
  const state = new DraftStore().get();
  expect(STEPS.map((step) => stepState(step, 'review', state, 0))).toEqual(STEPS.map(() => 'todo'));
});
