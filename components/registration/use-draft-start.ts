'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { planeDetailQuery } from '@/lib/client/api/queries';
import { kindOfPlural, type PlanePlural } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, parsePlaneSegments } from '@/lib/plane/model/plane-path';
import { withIdentityOf } from '@/lib/plane/registration/draft-changes';
import { type DraftDefaults, draftForKind, isBegun, newDraft } from '@/lib/plane/registration/new-draft';
import { parseRegisterPlace, type RegisterPlace, registerPath } from '@/lib/plane/registration/register-url';
import { siblingDefaults } from '@/lib/plane/registration/sibling-defaults';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { restoredDraft, restoreStoredDrafts } from './draft-storage';
import { draftStore, useWizardState } from './draft-store';

/** Goes to another place in the wizard; `replace` adds no step to the browser's history. */
type GoToPlace = (change: Partial<RegisterPlace>, options?: { readonly replace?: boolean }) => void;

/** Returns the installed kind of a plural; undefined if it isn't installed, or its fields aren't known. */
type FindKind = (plural: string) => InstalledKind | undefined;

/** Returns this page's place in the wizard, read from its address, and a function to move within the page. */
export function useRegisterPlace(): readonly [RegisterPlace, GoToPlace] {
  const params = useSearchParams();
  const place = useMemo(() => parseRegisterPlace(params), [params]);
  const open = useCallback<GoToPlace>((change, { replace = false } = {}) => {
    const now = parseRegisterPlace(new URLSearchParams(window.location.search));
    const url = registerPath({ ...now, ...change });
    if (replace) window.history.replaceState(null, '', url);
    else window.history.pushState(null, '', url);
  }, []);
  return [place, open];
}

/**
 * Decides once per page which draft the wizard starts with: the one that this tab holds or has stored, or else a new one
 * of the kind that the address names. A link doesn't change a draft: if that is of another kind, a new one is offered.
 *
 * @returns null until that is decided; then the kind that the address names if it isn't installed
 */
export function useDraftStart(
  place: RegisterPlace,
  open: GoToPlace,
  findKind: FindKind,
): { readonly missingKind: PlanePlural | null } | null {
  const [started, setStarted] = useState<{ readonly missingKind: PlanePlural | null } | null>(null);
  useEffect(() => {
    if (started) return;
    restoreDrafts(findKind);
    // With a sibling, the kind and the draft come from that plane.
    const named = place.sibling === null ? place.kind : null;
    const namedKind = named === null ? undefined : findKind(named);
    const isReopened = draftStore.get().draft !== null;
    openNamedKind(namedKind, findKind);
    if (isReopened) draftStore.reopen();
    const missingKind = namedKind ? null : named;
    if (missingKind !== null) open({ kind: null, step: 'kind' }, { replace: true });
    setStarted({ missingKind });
  }, [started, place, open, findKind]);

  // From here on the draft decides: going back in the browser's history changes the step, not the kind.
  const { draft } = useWizardState();
  useEffect(() => {
    if (!started || place.sibling !== null) return;
    if (draft && draft.plural !== place.kind) open({ kind: draft.plural }, { replace: true });
  }, [started, draft, place, open]);
  return started;
}

/** Reads what this tab has stored, unless it's still in memory. */
function restoreDrafts(findKind: FindKind): void {
  const { draft, others } = draftStore.get();
  if (draft || others.length > 0) return;
  const stored = restoreStoredDrafts(findKind);
  draftStore.restoreOthers(stored.others.map(restoredDraft));
  if (!stored.open) return;
  const open = restoredDraft(stored.open);
  draftStore.begin(open.draft, open);
}

/** Starts a draft of the kind that the address names, or offers to if another kind's draft is unfinished. */
function openNamedKind(named: InstalledKind | undefined, findKind: FindKind): void {
  const { draft } = draftStore.get();
  const isOther = named !== undefined && draft !== null && draft.plural !== named.entry.plural;
  const isOffered = isOther && isBegun(draft, findKind(draft.plural));
  draftStore.offerKind(isOffered ? named.entry.plural : null);
  if (named && !isOffered && (isOther || !draft)) draftStore.begin(newDraft(named, randomUuid()));
}

/** Starts the draft that a link offered. The open one is set aside. */
export function startOffered(kind: InstalledKind): void {
  draftStore.beginAnother(newDraft(kind, randomUuid()));
}

/** Starts a draft of a kind, or converts the tab's draft as far as the kind has its fields. */
export function chooseKind(kind: InstalledKind): void {
  const { draft, ownPlaneID } = draftStore.get();
  if (!draft) draftStore.begin(newDraft(kind, randomUuid()));
  else if (draft.plural !== kind.entry.plural) {
    draftStore.chooseKind(kind.entry.plural, (earlier) =>
      earlier ? withIdentityOf(earlier, draft, kind, !ownPlaneID) : draftForKind(draft, kind),
    );
  }
}

/** The progress of reading the plane whose cluster the new plane shares. */
export type SiblingStart =
  | { readonly state: 'none' | 'reading' }
  | { readonly state: 'failed'; readonly reason: string; readonly refetch: () => void };

/**
 * Starts a draft from the sibling that the address names, then removes the sibling from the address so that going
 * back and forth doesn't start another draft.
 */
export function useSiblingStart(place: RegisterPlace, open: GoToPlace, findKind: FindKind): SiblingStart {
  const { sibling } = place;
  const identity = useMemo(() => (sibling === null ? undefined : identityOf(sibling)), [sibling]);
  const { data, error, refetch } = useQuery({
    ...planeDetailQuery(identity ?? NO_PLANE),
    enabled: identity !== undefined,
    retry: false,
  });
  const plural = place.kind ?? identity?.plural ?? '';
  const kind = findKind(plural);
  useEffect(() => {
    if (!identity || !data || !kind) return;
    beginSibling(kind, siblingDefaults(data, findKind(data.plane.plural)), findKind);
    open({ kind: kind.entry.plural, step: 'identity', sibling: null }, { replace: true });
  }, [identity, data, kind, findKind, open]);

  if (sibling === null) return { state: 'none' };
  const failed = (reason: string): SiblingStart => ({
    state: 'failed',
    reason,
    refetch: () => void refetch(),
  });
  if (!identity) return failed("The link doesn't name a plane.");
  if (error) return failed(error.message);
  if (data && !kind) {
    const name = kindOfPlural(plural)?.kind ?? plural;
    return failed(`${name} isn't installed, or its schema isn't available.`);
  }
  return { state: 'reading' };
}

const NO_PLANE: PlaneIdentity = { plural: '', name: '' };

function identityOf(key: string): PlaneIdentity | undefined {
  try {
    return parsePlaneSegments(key.split('/').map(decodeURIComponent));
  } catch {
    return undefined;
  }
}

/** Starts a sibling's draft. An unfinished one is set aside. */
function beginSibling(kind: InstalledKind, defaults: DraftDefaults, findKind: FindKind): void {
  const { draft } = draftStore.get();
  const begun = newDraft(kind, randomUuid(), defaults);
  const how = { ownPlaneID: defaults.sibling !== undefined };
  if (draft && isBegun(draft, findKind(draft.plural))) draftStore.beginAnother(begun, how);
  else draftStore.begin(begun, how);
}

/**
 * Returns a random UUID (version 4). `crypto.randomUUID` is missing on pages opened over plain HTTP from another
 * machine, but `crypto.getRandomValues` isn't.
 */
function randomUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
