'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DraftInspections } from '@/components/fields/use-certificate-inspection';
import { usePatternMatcher } from '@/components/fields/use-pattern-matcher';
import { planeDetailQuery } from '@/lib/client/api/queries';
import { useHasHiddenPlanes } from '@/lib/client/feed/live-fleet';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { planeKey } from '@/lib/plane/model/plane-path';
import { checkDraft } from '@/lib/plane/registration/check-draft';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import { createdByText, type KnownPlane, namesakeOf } from '@/lib/plane/registration/known-planes';
import type { Step } from '@/lib/plane/registration/register-url';
import { errorsOfStep, shownProblemsAt, withServerProblems } from '@/lib/plane/registration/shown-problems';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { useWizardState } from './draft-store';

export interface DraftProblems {
  /** All known problems, from this page's rules and from the API server. */
  readonly problems: readonly DraftProblem[];
  /** The problems to show beside a field now. */
  readonly problemsAt: (path: JsonPath) => readonly DraftProblem[];
  /** The errors that keep a step from being complete. */
  readonly errorsOf: (step: Step) => readonly DraftProblem[];
}

/**
 * Returns the draft's problems as far as this page can know them: by its own rules, the existing planes and
 * namespaces, and the inspections of certificates. The plane that the draft was sent as doesn't count as existing,
 * because it may come from this draft. Inputs that are null aren't known and aren't checked.
 */
export function useDraftProblems(
  kind: InstalledKind | null,
  draft: Draft | null,
  planes: readonly KnownPlane[] | null,
  namespaces: readonly string[] | null,
  { answers }: DraftInspections,
): DraftProblems {
  const state = useWizardState();
  const { sentAs, serverProblems } = state;
  const others = useMemo(
    () => planes?.filter((plane) => planeKey(plane) !== sentAs) ?? null,
    [planes, sentAs],
  );
  const namesake = kind && draft ? namesakeOf(draft, kind, others) : undefined;
  const namesakeCreated = useCreatedByText(namesake);
  const matchesPattern = usePatternMatcher(kind);
  const hasHiddenPlanes = useHasHiddenPlanes();
  const ownProblems = useMemo(() => {
    if (!kind || !draft) return NONE;
    return checkDraft(draft, kind, {
      planes: others,
      hasHiddenPlanes,
      namesakeCreated,
      namespaces,
      inspections: answers,
      matchesPattern,
    });
  }, [kind, draft, others, hasHiddenPlanes, namesakeCreated, namespaces, answers, matchesPattern]);
  const problems = useMemo(
    () => withServerProblems(ownProblems, serverProblems),
    [ownProblems, serverProblems],
  );
  return {
    problems,
    problemsAt: (path) => (kind ? shownProblemsAt(path, problems, state, kind) : []),
    errorsOf: (step) => (kind ? errorsOfStep(step, problems, kind, state) : []),
  };
}

/** Returns when the plane with the draft's name was created and, once its annotations are read, by whom. */
function useCreatedByText(namesake: KnownPlane | undefined): string | undefined {
  const { data } = useQuery({
    ...planeDetailQuery(namesake ?? NO_PLANE),
    enabled: namesake !== undefined,
  });
  if (!namesake) return undefined;
  // The cached detail may belong to an earlier plane of that name.
  const isCurrent = data?.plane.uid === namesake.uid;
  return createdByText(namesake.createdAt, isCurrent ? data.annotations : null);
}

const NO_PLANE = { plural: '', name: '' };

const NONE: readonly DraftProblem[] = [];
