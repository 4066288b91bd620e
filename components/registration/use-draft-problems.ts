'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Inspections } from '@/components/fields/use-inspections';
import { planeDetailQuery } from '@/lib/client/api/plane-detail-query';
import type { KnownPlane } from '@/lib/client/feed/use-known-planes';
import { planeKey } from '@/lib/plane/model/plane-path';
import { checkDraft } from '@/lib/plane/registration/check-draft';
import { namesakeOf } from '@/lib/plane/registration/check-identity';
import { createdByText } from '@/lib/plane/registration/created-by';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { useWizardState } from './use-draft-session';

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
  const others = useMemo(
    () => planes?.filter((plane) => planeKey(plane) !== sentAs) ?? null,
    [planes, sentAs],
  );
  const namesake = kind && draft ? namesakeOf(draft, kind, others) : undefined;
  const made = useMadeWords(namesake);
  return useMemo(() => {
    if (!kind || !draft) return NONE;
    const told = others?.map((plane) => (plane === namesake ? { ...plane, made } : plane)) ?? null;
    return checkDraft(draft, kind, { planes: told, namespaces, inspections: answers });
  }, [kind, draft, others, namesake, made, namespaces, answers]);
}

/** How the plane that has the draft's name came to be: when at once, and who once its annotations were read. */
function useMadeWords(namesake: KnownPlane | undefined): string | undefined {
  const { data } = useQuery({
    ...planeDetailQuery(namesake ?? NO_PLANE),
    enabled: namesake !== undefined,
  });
  if (!namesake) return undefined;
  // What was read before may be of another plane that had the name.
  const isOfIt = data?.plane.uid === namesake.uid;
  return createdByText(namesake.createdAt, isOfIt ? data.annotations : null);
}

const NO_PLANE = { plural: '', name: '' };

const NONE: readonly DraftProblem[] = [];
