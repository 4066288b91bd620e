'use client';

import { useMemo } from 'react';
import { type DraftInspections, useDraftInspections } from '@/components/fields/use-certificate-inspection';
import { usePatternMatcher } from '@/components/fields/use-pattern-matcher';
import { useHasHiddenPlanes, useKnownPlanes } from '@/lib/client/feed/live-fleet';
import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { checkEdit, wholeDraft } from '@/lib/plane/edit/check-edit';
import { editedObjectProblems } from '@/lib/plane/edit/edit-problems';
import { specIn } from '@/lib/plane/edit/editable-object';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import type { KnownPlane } from '@/lib/plane/registration/known-planes';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { type EditSession, formOf } from './edit-session';

export interface CheckedEdit {
  readonly draft: SpecDraft;
  /** With paths of the form's draft. */
  readonly problems: readonly DraftProblem[];
  /** The same problems and those outside the form's fields, with paths of the resource. */
  readonly yamlProblems: readonly DraftProblem[];
  readonly planes: readonly KnownPlane[] | null;
  readonly inspections: DraftInspections;
}

/** The problems of an edit by the rules of the registration, as far as the page knows them. */
export function useEditProblems(
  session: EditSession,
  kind: InstalledKind,
  identity: PlaneIdentity,
): CheckedEdit {
  const { plural, namespace, name } = identity;
  const own = useMemo(() => ({ plural, namespace, name }), [plural, namespace, name]);
  const draft = useMemo(() => formOf(session, kind, own.name).draft, [session, kind, own]);
  const known = useKnownPlanes();
  const hasHiddenPlanes = useHasHiddenPlanes();
  const planes = useMemo(
    () => known?.filter((plane) => planeKey(plane) !== planeKey(own)) ?? null,
    [known, own],
  );
  const inspections = useDraftInspections(
    kind,
    useMemo(() => wholeDraft(draft, own, kind), [draft, own, kind]),
  );
  const { answers } = inspections;
  const { base, object } = session;
  const matchesPattern = usePatternMatcher(kind);
  const problems = useMemo(
    () =>
      checkEdit(specIn(base.object), draft, own, kind, {
        planes,
        hasHiddenPlanes,
        namespaces: null,
        inspections: answers,
        matchesPattern,
      }),
    [base, draft, own, kind, planes, hasHiddenPlanes, answers, matchesPattern],
  );
  const yamlProblems = useMemo(
    () => editedObjectProblems(base.object, object, problems, kind),
    [base.object, object, kind, problems],
  );
  return { draft, problems, yamlProblems, planes, inspections };
}
