'use client';

import { useMemo } from 'react';
import { checkDraft } from '@/lib/plane/draft/check-draft';
import type { Draft, DraftProblem } from '@/lib/plane/draft/draft';
import type { InstalledKind } from '@/lib/plane/draft/installed-kind';
import { planeKey } from '@/lib/plane/plane-path';
import { useWizardState } from './use-draft-session';
import type { Inspections } from './use-inspections';
import type { KnownPlane } from './use-known-planes';

/**
 * What is wrong with the draft, as far as this page can know: beside its own rules against the planes and namespaces
 * that exist, and what the certificates were found to be. The plane that the draft was sent as counts as none: it may be
 * this very one. Null stands for what is not known, and is not checked.
 */
export function useDraftProblems(
  kind: InstalledKind | null,
  draft: Draft | null,
  planes: readonly KnownPlane[] | null,
  namespaces: readonly string[] | null,
  { answers }: Inspections,
): readonly DraftProblem[] {
  const { sentAs } = useWizardState();
  return useMemo(() => {
    if (!kind || !draft) return NONE;
    const others = planes?.filter((plane) => planeKey(plane) !== sentAs) ?? null;
    return checkDraft(draft, kind, { planes: others, namespaces, inspections: answers });
  }, [kind, draft, planes, namespaces, answers, sentAs]);
}

const NONE: readonly DraftProblem[] = [];
