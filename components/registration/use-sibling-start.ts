'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { planeDetailQuery } from '@/lib/client/api/plane-detail-query';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, parsePlaneSegments } from '@/lib/plane/model/plane-path';
import type { RegisterPlace } from '@/lib/plane/registration/register-url';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { beginSibling } from './choose-kind';
import { siblingDefaults } from './sibling-defaults';
import type { OpenPlace } from './use-register-place';

/** How far the wizard has come with reading the plane whose cluster the new one is to share. */
export type SiblingStart =
  | { readonly state: 'none' | 'reading' }
  | { readonly state: 'failed'; readonly reason: string; readonly again: () => void };

/**
 * Begins a draft from the plane that the address names as its sibling, and takes that name out of the address, so that
 * going back and forth does not begin anew.
 */
export function useSiblingStart(
  place: RegisterPlace,
  open: OpenPlace,
  kindOf: (plural: string) => InstalledKind | undefined,
): SiblingStart {
  const { sibling } = place;
  const identity = useMemo(() => (sibling === null ? undefined : identityOf(sibling)), [sibling]);
  const { data, error, refetch } = useQuery({
    ...planeDetailQuery(identity ?? NOWHERE),
    enabled: identity !== undefined,
    retry: false,
  });
  const plural = place.kind ?? identity?.plural ?? '';
  const kind = kindOf(plural);
  useEffect(() => {
    if (!identity || !data || !kind) return;
    beginSibling(kind, siblingDefaults(data, kindOf(data.plane.plural)));
    open({ kind: kind.entry.plural, step: 'identity', sibling: null }, { replace: true });
  }, [identity, data, kind, kindOf, open]);

  if (sibling === null) return { state: 'none' };
  const again = () => void refetch();
  if (!identity) return { state: 'failed', reason: 'The link names no plane.', again };
  if (error) return { state: 'failed', reason: error.message, again };
  if (data && !kind) {
    const words = kindOfPlural(plural)?.kind ?? plural;
    return { state: 'failed', reason: `${words} is not installed, or its fields are not known.`, again };
  }
  return { state: 'reading' };
}

const NOWHERE: PlaneIdentity = { plural: '', name: '' };

function identityOf(key: string): PlaneIdentity | undefined {
  try {
    return parsePlaneSegments(key.split('/').map(decodeURIComponent));
  } catch {
    return undefined;
  }
}
