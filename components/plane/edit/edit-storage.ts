import { readTabStorage, tabStorageKeys, writeTabStorage } from '@/lib/client/tab-storage';
import { beginEdit, type EditSession, isDirty, storableEdit } from '@/lib/plane/edit/edit-session';
import { jsonObjectSchema } from '@/lib/plane/json/json';
import { z } from '@/lib/zod';

const storedSchema = z.object({
  base: z.object({
    uid: z.string().optional(),
    planeKey: z.string().optional(),
    resourceVersion: z.string(),
    generation: z.number(),
    object: jsonObjectSchema,
  }),
  object: jsonObjectSchema,
  lostSecrets: z.boolean(),
});

const PREFIX = 'planeboard.edit.';

/**
 * Stores an edit over a reload of this tab, without the secrets that were typed. Of an invalid text nothing is stored, as
 * nothing shows which parts of it are secret.
 */
export function storeEdit(uid: string, session: EditSession | null): void {
  writeTabStorage(keyOf(uid), session === null || !isDirty(session) ? null : storableEdit(session));
}

/** The stored edit of a plane; null when there is none, or none that this version can read. */
export function readStoredEdit(uid: string): EditSession | null {
  const { data } = storedSchema.safeParse(readTabStorage(keyOf(uid)));
  if (!data) return null;
  // Edits that an older version stored have neither.
  const base = { ...data.base, uid: data.base.uid ?? uid, planeKey: data.base.planeKey ?? '' };
  return { ...beginEdit(base), object: data.object, lostSecrets: data.lostSecrets };
}

/** The uid of a deleted plane of the same name that this tab still stores an edit of; undefined: there is none. */
export function uidOfOrphanedEdit(planeKey: string, uid: string): string | undefined {
  return tabStorageKeys()
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length))
    .find((other) => other !== uid && readStoredEdit(other)?.base.planeKey === planeKey);
}

function keyOf(uid: string): string {
  return `${PREFIX}${uid}`;
}
