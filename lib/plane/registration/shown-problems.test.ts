import { describe, expect, it } from 'vitest';
import { installedKind } from '@/testing/plane/installed-kinds';
import type { Draft, DraftProblem } from './draft';
import { withSpecValue } from './draft-changes';
import { newDraft } from './new-draft';
import { type DraftProgress, errorsOfStep, shownProblemsAt, withServerProblems } from './shown-problems';

const kind = installedKind('1.2', 'DataPlane');
const draft = newDraft(kind, '7d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e');

const NOTHING_SEEN: DraftProgress = {
  draft: null,
  leftFields: new Set(),
  addedFields: new Set(),
  attemptedSteps: new Set(),
  serverProblems: [],
};

function error(...path: (string | number)[]): DraftProblem {
  return { path, severity: 'error', message: 'wrong' };
}

function isShown(problem: DraftProblem, state: Partial<DraftProgress>): boolean {
  return shownProblemsAt(problem.path, [problem], { ...NOTHING_SEEN, draft, ...state }, kind).length === 1;
}

describe('shownProblemsAt', () => {
  it('hides an error until the person leaves the field or tries to leave the step', () => {
    expect(isShown(error('name'), {})).toBe(false);
    expect(isShown(error('name'), { leftFields: new Set(['name']) })).toBe(true);
    expect(isShown(error('name'), { attemptedSteps: new Set(['identity']) })).toBe(true);
    expect(isShown(error('name'), { attemptedSteps: new Set(['connection']) })).toBe(false);
  });

  it('hides an error in a part added after the step was attempted until its field is left', () => {
    const problem = error('spec', 'gateway', 'ingress', 'name');
    const state = { attemptedSteps: new Set(['services'] as const), addedFields: new Set(['spec.gateway']) };
    expect(isShown(problem, state)).toBe(false);
    expect(isShown(error('spec', 'other'), state)).toBe(true);
    expect(isShown(problem, { ...state, leftFields: new Set(['spec.gateway.ingress.name']) })).toBe(true);
    expect(errorsOfStep('services', [problem], kind, { addedFields: state.addedFields })).toEqual([]);
  });

  it('shows a warning at once', () => {
    expect(isShown({ ...error('name'), severity: 'warning' }, {})).toBe(true);
  });

  it("shows the API server's problems at once", () => {
    const problem = error('spec', 'gateway');
    expect(isShown(problem, { serverProblems: [problem] })).toBe(true);
  });

  it('shows errors in a field that was left as a whole', () => {
    expect(isShown(error('spec', 'list', 2, 'name'), { leftFields: new Set(['spec.list']) })).toBe(true);
    expect(isShown(error('spec', 'listing'), { leftFields: new Set(['spec.list']) })).toBe(false);
  });

  it.each<[string, Partial<Draft>, boolean]>([
    ['Prod', { name: 'Prod' }, true],
    ['prod-', { name: 'prod-' }, false],
    ['', { name: '' }, false],
  ])('judges a name during typing unless its end is unfinished: %j', (_, changes, shown) => {
    expect(isShown(error('name'), { draft: { ...draft, ...changes } })).toBe(shown);
  });

  it('judges a planeID and pasted material at once, and no other field', () => {
    const typed = withSpecValue(draft, ['planeID'], 'X');
    expect(isShown(error('spec', 'planeID'), { draft: typed })).toBe(true);
    expect(isShown(error('spec', 'secretStoreRef'), { draft: typed })).toBe(false);
    const [slotId = '', credential] = Object.entries(draft.credentials)[0] ?? [];
    if (!credential) throw new Error('There is no slot.');
    const pasted = { ...draft, credentials: { [slotId]: { ...credential, text: 'rubbish' } } };
    expect(isShown(error('credentials', slotId, 'text'), { draft: pasted })).toBe(true);
    expect(isShown(error('credentials', slotId, 'text'), {})).toBe(false);
  });

  it('shows a problem only at its own field', () => {
    const state = { ...NOTHING_SEEN, draft, attemptedSteps: new Set(['identity'] as const) };
    expect(shownProblemsAt(['displayName'], [error('name')], state, kind)).toEqual([]);
  });
});

describe('errorsOfStep', () => {
  const problems = [
    error('name'),
    error('spec', 'planeID'),
    error('credentials', 'clusterAgent.clientCA', 'text'),
    error('spec', 'gateway', 'ingress'),
    error(),
    { ...error('name'), severity: 'warning' as const },
  ];
  it.each([
    ['kind', 0],
    ['identity', 2],
    ['connection', 1],
    ['services', 1],
    ['review', 1],
  ] as const)('counts the errors of the step %s: %i', (step, count) => {
    expect(errorsOfStep(step, problems, kind, NOTHING_SEEN)).toHaveLength(count);
  });
});

describe('withServerProblems', () => {
  it('removes duplicates and keeps problems with another path or message', () => {
    const own = [error('name')];
    const other = { ...error('name'), message: 'taken' };
    expect(withServerProblems(own, [error('name'), error('displayName'), other])).toEqual([
      error('name'),
      error('displayName'),
      other,
    ]);
  });
});
