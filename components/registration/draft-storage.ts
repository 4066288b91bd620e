import { draftSchema, STEPS } from '@/lib/plane/registration/draft';
import { storableDraft } from '@/lib/plane/registration/storable-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { z } from '@/lib/zod';

const KEY = 'planeboard.registration';

const storedSchema = z.object({
  draft: draftSchema,
  ownPlaneID: z.boolean(),
  /** Absent: the draft was not sent. Without it, one's own plane would be in the way after a lost answer and a reload. */
  sentAs: z.string().nullable().default(null),
  /** Steps that were looked at. Absent in what an older version kept. */
  opened: z.array(z.enum(STEPS)).default([]),
  /** Something was typed that must not be stored, and has to be typed again. */
  withoutSecrets: z.boolean(),
});
export type StoredDraft = z.infer<typeof storedSchema>;

/** Where drafts are kept: the tab's own storage, which ends with the tab. */
type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Keeps a draft over a reload of this tab, without key material and passwords. A browser that refuses is no trouble. */
export function storeDraft(
  storage: DraftStorage,
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
  try {
    storage.setItem(KEY, JSON.stringify(stored));
  } catch {
    // Full or forbidden: then the draft lives as long as the page.
  }
}

/** The draft that this tab keeps; null when there is none, or none that this version understands. */
export function readStoredDraft(storage: DraftStorage): StoredDraft | null {
  try {
    return storedSchema.safeParse(JSON.parse(storage.getItem(KEY) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

export function forgetStoredDraft(storage: DraftStorage): void {
  try {
    storage.removeItem(KEY);
  } catch {
    // As above.
  }
}

/** The tab's storage; null where the browser has none for this page. */
export function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
