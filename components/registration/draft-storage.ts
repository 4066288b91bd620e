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
  /** Absent: the draft wasn't sent. Needed after a lost answer and a reload, or one's own plane would be in the way. */
  sentAs: z.string().nullable().default(null),
  /** Steps that were opened. Absent in what an older version stored. */
  opened: z.array(z.enum(STEPS)).default([]),
  /** Something was typed that must not be stored, and has to be typed again. */
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

/** The draft stored in this tab; null when there is none, or none that this version understands. */
export function readStoredDraft(): StoredDraft | null {
  return storedSchema.safeParse(readTabStorage(KEY)).data ?? null;
}

export function removeStoredDraft(): void {
  writeTabStorage(KEY, null);
}

/** Stores the draft a moment after each change, and when the page goes away. */
export function useDraftStorage(kind: InstalledKind | null): void {
  const { draft, ownPlaneID, sentAs, openedSteps } = useWizardState();
  const pending = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (!draft || kind?.entry.plural !== draft.plural) return;
    const write = () => {
      pending.current = null;
      // Registered or started over in the meantime: then there is nothing to store.
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

/** Has the browser ask before the page goes away with a secret that isn't stored anywhere. */
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

/** Ends the draft: it was registered, or is to be thrown away. */
export function endDraft(): void {
  draftStore.clear();
  removeStoredDraft();
}
