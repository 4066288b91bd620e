'use client';

import { useEffect, useRef } from 'react';
import { readTabStorage, writeTabStorage } from '@/lib/client/tab-storage';
import { draftSchema } from '@/lib/plane/registration/draft';
import { holdsTypedSecret } from '@/lib/plane/registration/draft-changes';
import { STEPS } from '@/lib/plane/registration/register-url';
import { storableDraft } from '@/lib/plane/registration/storable-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { z } from '@/lib/zod';
import { draftStore, useWizardState } from './draft-store';

const KEY = 'planeboard.registration';
const STORE_DELAY_MS = 300;

const storedSchema = z.object({
  draft: draftSchema,
  ownPlaneID: z.boolean(),
  /**
   * The key of the plane that the draft was sent as. Absent if it wasn't sent. After a lost response and a reload, it
   * shows that an existing plane of this name may be the draft's own.
   */
  sentAs: z.string().nullable().default(null),
  /** The opened steps. Absent in drafts of older versions. */
  opened: z.array(z.enum(STEPS)).default([]),
  /** Whether the draft held secrets, which aren't stored and have to be entered again. */
  withoutSecrets: z.boolean(),
});
export type StoredDraft = z.infer<typeof storedSchema>;

/** Stores a draft in this tab, without private keys and passwords, so that a reload doesn't lose it. */
export function storeDraft(
  { draft, ownPlaneID, sentAs, opened }: Omit<StoredDraft, 'withoutSecrets'>,
  kind: InstalledKind,
): void {
  const storable = storableDraft(draft, kind);
  const stored: StoredDraft = {
    draft: storable,
    ownPlaneID,
    sentAs,
    opened,
    withoutSecrets: JSON.stringify(storable.credentials) !== JSON.stringify(draft.credentials),
  };
  writeTabStorage(KEY, stored);
}

/** Returns the draft stored in this tab; null if there's none, or none that this version understands. */
export function readStoredDraft(): StoredDraft | null {
  return storedSchema.safeParse(readTabStorage(KEY)).data ?? null;
}

export function removeStoredDraft(): void {
  writeTabStorage(KEY, null);
}

/** Stores the draft shortly after each change, and when the page is left. */
export function useDraftStorage(kind: InstalledKind | null): void {
  const { draft, ownPlaneID, sentAs, openedSteps } = useWizardState();
  const pending = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (!draft || kind?.entry.plural !== draft.plural) return;
    const write = () => {
      pending.current = null;
      // If the draft was registered or discarded meanwhile, there's nothing to store.
      if (draftStore.get().draft !== null)
        storeDraft({ draft, ownPlaneID, sentAs, opened: [...openedSteps] }, kind);
    };
    pending.current = write;
    const timer = setTimeout(write, STORE_DELAY_MS);
    return () => clearTimeout(timer);
  }, [draft, ownPlaneID, sentAs, openedSteps, kind]);

  useEffect(() => {
    const flush = () => pending.current?.();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, []);
}

/** Makes the browser ask before the page is left with a secret that isn't stored anywhere. */
export function useLeaveWarning(kind: InstalledKind | null): void {
  const { draft } = useWizardState();
  const hasTypedSecret = kind !== null && draft !== null && holdsTypedSecret(draft, kind);
  useEffect(() => {
    if (!hasTypedSecret) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [hasTypedSecret]);
}

/** Ends the draft after it was registered or discarded. */
export function endDraft(): void {
  draftStore.clear();
  removeStoredDraft();
}
