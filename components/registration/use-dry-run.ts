'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Problem, ProblemCode } from '@/lib/api/problem';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { ApiError } from '@/lib/client/api/api-request';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { draftStore } from './draft-store';
import { checkRegistration } from './send-registration';

/** What the API server says of a draft, without writing it. */
export type DryRun =
  | { readonly state: 'off' | 'checking' }
  | { readonly state: 'fine'; readonly answer: RegistrationAnswer }
  | { readonly state: 'refused'; readonly problem: Problem }
  /** It could not be asked, which says nothing against the draft. */
  | { readonly state: 'failed'; readonly reason: string };

/** Answers that are about what was sent; all others are about the way there. */
const REFUSALS: ReadonlySet<ProblemCode> = new Set([
  'bad-request',
  'invalid-field',
  'forbidden',
  'already-exists',
  'conflict',
  'not-installed',
  'too-large',
]);

/**
 * Has the API server check the draft, and again whenever it changes. What it refuses goes to the fields it belongs to.
 *
 * @param enabled false while the draft has errors that are known without asking, and where nothing may be written
 */
export function useDryRun(
  draft: Draft,
  kind: InstalledKind,
  enabled: boolean,
): { readonly dryRun: DryRun; readonly again: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [done, setDone] = useState<Done | null>(null);

  useEffect(() => {
    if (!enabled) return;
    const controller = new AbortController();
    // Also when the same draft is asked about again: an older answer says nothing of now.
    setDone(null);
    draftStore.setServerProblems([]);
    checkRegistration(draft, kind, controller.signal)
      .then((answer): DryRun => ({ state: 'fine', answer }))
      .catch(outcomeOf)
      .then((dryRun) => {
        if (controller.signal.aborted) return;
        if (dryRun.state === 'refused') draftStore.setServerProblems(draftProblems(dryRun.problem));
        setDone({ draft, kind, attempt, dryRun });
      });
    return () => controller.abort();
  }, [draft, kind, enabled, attempt]);

  const again = useCallback(() => setAttempt((count) => count + 1), []);
  if (!enabled) return { dryRun: { state: 'off' }, again };
  const isOfThis = done?.draft === draft && done.kind === kind && done.attempt === attempt;
  return { dryRun: isOfThis ? done.dryRun : { state: 'checking' }, again };
}

/** An answer, and what it was an answer to. */
interface Done {
  readonly draft: Draft;
  readonly kind: InstalledKind;
  readonly attempt: number;
  readonly dryRun: DryRun;
}

function outcomeOf(error: unknown): DryRun {
  if (error instanceof ApiError && error.problem && REFUSALS.has(error.problem.code)) {
    return { state: 'refused', problem: error.problem };
  }
  return {
    state: 'failed',
    reason: error instanceof Error ? error.message : 'The answer could not be read.',
  };
}

/** What the API server refused, at the fields of the draft; a refusal without a field is about the plane as a whole. */
export function draftProblems(problem: Problem): DraftProblem[] {
  const errors = problem.errors ?? [];
  if (errors.length === 0) {
    return [{ path: [], severity: 'error', message: problem.detail ?? problem.title }];
  }
  return errors.map(({ path, message }) => ({ path, severity: 'error', message }));
}
