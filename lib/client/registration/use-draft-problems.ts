'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { checkDraft } from '@/lib/plane/draft/check-draft';
import { namesakeOf } from '@/lib/plane/draft/check-identity';
import type { Draft, DraftProblem } from '@/lib/plane/draft/draft';
import type { InstalledKind } from '@/lib/plane/draft/installed-kind';
import { planeKey } from '@/lib/plane/plane-path';
import { planeDetailQuery } from '../queries';
import { madeWords } from './made-words';
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
  return madeWords(namesake.createdAt, isOfIt ? data.annotations : null);
}

const NO_PLANE = { plural: '', name: '' };

const NONE: readonly DraftProblem[] = [];
