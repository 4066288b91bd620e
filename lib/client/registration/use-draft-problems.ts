'use client';

import { useMemo } from 'react';
import { checkDraft } from '@/lib/plane/draft/check-draft';
import type { Draft, DraftProblem } from '@/lib/plane/draft/draft';
import type { InstalledKind } from '@/lib/plane/draft/installed-kind';
import type { Inspections } from './use-inspections';
import type { KnownPlane } from './use-known-planes';

/**
 * What is wrong with the draft, as far as this page can know: beside its own rules against the planes and namespaces
 * that exist, and what the certificates were found to be. Null stands for what is not known, and is not checked.
 */
export function useDraftProblems(
  kind: InstalledKind | null,
  draft: Draft | null,
  planes: readonly KnownPlane[] | null,
  namespaces: readonly string[] | null,
  { answers }: Inspections,
): readonly DraftProblem[] {
  return useMemo(
    () => (kind && draft ? checkDraft(draft, kind, { planes, namespaces, inspections: answers }) : NONE),
    [kind, draft, planes, namespaces, answers],
  );
}

const NONE: readonly DraftProblem[] = [];
