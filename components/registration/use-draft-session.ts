'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { PlanePlural } from '@/lib/plane/model/kinds';
import { holdsTypedSecret } from '@/lib/plane/registration/draft-changes';
import type { RegisterPlace } from '@/lib/plane/registration/register-url';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { chooseKind } from './choose-kind';
import { forgetStoredDraft, readStoredDraft, storeDraft, tabStorage } from './draft-storage';
import { draftStore, EMPTY_WIZARD, type WizardState } from './draft-store';
import type { OpenPlace } from './use-register-place';

const STORE_DELAY_MS = 300;

/** The tab's draft. While hydrating there is none, as the server knows none. */
export function useWizardState(): WizardState {
  return useSyncExternalStore(draftStore.subscribe, draftStore.get, () => EMPTY_WIZARD);
}

/**
 * Finds out, once a page, with which draft the wizard begins: the one that this tab holds or kept, brought to the kind
 * that the address names.
 *
 * @param kindOf the installed kind of a plural; undefined while it is not installed, or not known
 * @returns null until that has been done; then the kind that the address named in vain, if it did
 */
export function useDraftStart(
  place: RegisterPlace,
  open: OpenPlace,
  kindOf: (plural: string) => InstalledKind | undefined,
): { readonly missingKind: PlanePlural | null } | null {
  const [started, setStarted] = useState<{ readonly missingKind: PlanePlural | null } | null>(null);
  useEffect(() => {
    if (started) return;
    if (!draftStore.get().draft) {
      const stored = readStoredDraft(tabStorage() ?? NO_STORAGE);
      const isInstalled = stored && kindOf(stored.draft.plural) !== undefined;
      if (isInstalled) {
        const { draft, ownPlaneID, sentAs, opened, withoutSecrets } = stored;
        const restored = withoutSecrets ? 'without-secrets' : 'whole';
        draftStore.begin(draft, { ownPlaneID, sentAs, opened: new Set(opened), restored });
      }
    }
    // A sibling's kind and draft come with the plane that the link names.
    const named = place.sibling === null ? place.kind : null;
    const wanted = named === null ? undefined : kindOf(named);
    if (wanted) chooseKind(wanted);
    const missingKind = wanted ? null : named;
    if (missingKind !== null) open({ kind: null, step: 'kind' }, { replace: true });
    setStarted({ missingKind });
  }, [started, place, open, kindOf]);

  // From then on the draft counts: going back in the browser's history leads to another step, not to another kind.
  const { draft } = useWizardState();
  useEffect(() => {
    if (!started || place.sibling !== null) return;
    if (draft && draft.plural !== place.kind) open({ kind: draft.plural }, { replace: true });
  }, [started, draft, place, open]);
  return started;
}

/** Keeps the draft over a reload, as far as it may be stored, a moment after each change and when the page goes away. */
export function useDraftStorage(kind: InstalledKind | null): void {
  const { draft, ownPlaneID, sentAs, opened } = useWizardState();
  const pending = useRef<(() => void) | null>(null);
  useEffect(() => {
    const storage = tabStorage();
    if (!storage || !draft || kind?.entry.plural !== draft.plural) return;
    const write = () => {
      pending.current = null;
      // Registered, or begun anew, in the meantime: then there is nothing to keep.
      if (draftStore.get().draft !== null)
        storeDraft(storage, { draft, ownPlaneID, sentAs, opened: [...opened] }, kind);
    };
    pending.current = write;
    const timer = setTimeout(write, STORE_DELAY_MS);
    return () => clearTimeout(timer);
  }, [draft, ownPlaneID, sentAs, opened, kind]);

  useEffect(() => {
    const flush = () => pending.current?.();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, []);
}

/** Asks before the page goes away with a secret that is kept nowhere else. */
export function useLeaveWarning(kind: InstalledKind | null): void {
  const { draft } = useWizardState();
  const holds = kind !== null && draft !== null && holdsTypedSecret(draft, kind);
  useEffect(() => {
    if (!holds) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [holds]);
}

/** Ends the draft: it was registered, or is to be forgotten. */
export function endDraft(): void {
  draftStore.clear();
  forgetStoredDraft(tabStorage() ?? NO_STORAGE);
}

const NO_STORAGE = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
