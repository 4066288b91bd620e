'use client';

import { useEffect, useRef } from 'react';
import { readTabStorage, writeTabStorage } from '@/lib/client/tab-storage';
import { draftSchema } from '@/lib/plane/registration/draft';
import { holdsTypedSecret } from '@/lib/plane/registration/draft-changes';
import { STEPS } from '@/lib/plane/registration/register-url';
import { storableDraft } from '@/lib/plane/registration/storable-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { z } from '@/lib/zod';
import { draftStore, type OtherDraft, useWizardState } from './draft-store';

const KEY = 'planeboard.registration';
const OTHERS_KEY = 'planeboard.registration.others';
const UNREADABLE_KEY = 'planeboard.registration.unreadable';
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
export function storeDraft(draft: Omit<StoredDraft, 'withoutSecrets'>, kind: InstalledKind): void {
  writeTabStorage(KEY, storedOf(draft, kind));
}

function storedOf(
  { draft, ownPlaneID, sentAs, opened }: Omit<StoredDraft, 'withoutSecrets'>,
  kind: InstalledKind,
): StoredDraft {
  const storable = storableDraft(draft, kind);
  return {
    draft: storable,
    ownPlaneID,
    sentAs,
    opened,
    withoutSecrets: JSON.stringify(storable.credentials) !== JSON.stringify(draft.credentials),
  };
}

/** Stores the drafts that aren't open. Leaves out one whose kind isn't known, because its secrets aren't either. */
export function storeOthers(
  others: readonly OtherDraft[],
  findKind: (plural: string) => InstalledKind | undefined,
): void {
  const stored = others.flatMap(({ draft, ownPlaneID, sentAs, openedSteps }) => {
    const kind = findKind(draft.plural);
    return kind ? [storedOf({ draft, ownPlaneID, sentAs, opened: [...openedSteps] }, kind)] : [];
  });
  writeList(OTHERS_KEY, stored);
}

/** Returns the drafts stored in this tab that weren't open. */
export function readStoredOthers(): StoredDraft[] {
  return readList(OTHERS_KEY);
}

function readList(key: string): StoredDraft[] {
  return z.array(storedSchema).safeParse(readTabStorage(key)).data ?? [];
}

function writeList(key: string, drafts: readonly StoredDraft[]): void {
  writeTabStorage(key, drafts.length === 0 ? null : drafts);
}

/**
 * Returns the drafts stored in this tab. Those of a kind whose fields can't be read now are put away until a page can,
 * so that no other draft is stored in their place.
 */
export function restoreStoredDrafts(findKind: (plural: string) => InstalledKind | undefined): {
  readonly open: StoredDraft | null;
  readonly others: readonly StoredDraft[];
} {
  const isReadable = ({ draft }: StoredDraft) => findKind(draft.plural) !== undefined;
  const open = readStoredDraft();
  const others = [...readStoredOthers(), ...readList(UNREADABLE_KEY)];
  const unreadable = [...(open ? [open] : []), ...others].filter((one) => !isReadable(one));
  writeList(UNREADABLE_KEY, unreadable);
  if (open && !isReadable(open)) removeStoredDraft();
  return { open: open && isReadable(open) ? open : null, others: others.filter(isReadable) };
}

/** Returns a stored draft as the wizard's state has it. */
export function restoredDraft({
  draft,
  ownPlaneID,
  sentAs,
  opened,
  withoutSecrets,
}: StoredDraft): OtherDraft {
  const restored = withoutSecrets ? 'without-secrets' : 'whole';
  return { draft, ownPlaneID, sentAs, openedSteps: new Set(opened), restored };
}

/** Returns the draft stored in this tab; null if there's none, or none that this version understands. */
export function readStoredDraft(): StoredDraft | null {
  return storedSchema.safeParse(readTabStorage(KEY)).data ?? null;
}

export function removeStoredDraft(): void {
  writeTabStorage(KEY, null);
}

/** Stores the other drafts at each change once the page has read them. */
export function useOthersStorage(
  isRead: boolean,
  findKind: (plural: string) => InstalledKind | undefined,
): void {
  const { others } = useWizardState();
  useEffect(() => {
    if (isRead) storeOthers(others, findKind);
  }, [isRead, others, findKind]);
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
