import { tabStorage } from '@/components/registration/draft-storage';
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '@/lib/plane/json/json';
import { valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/json/mask';
import { redactObject } from '@/lib/plane/model/redact';
import { isUnparsed } from '@/lib/plane/schema/unparsed';
import { z } from '@/lib/zod';
import { beginEdit, type EditSession, isDirty } from './edit-session';

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

function keyOf(uid: string): string {
  return `${PREFIX}${uid}`;
}

/**
 * Keeps an edit over a reload of this tab, without the secrets that were typed: of a text that cannot be read yet
 * nothing is kept, as it cannot be told what in it is secret. A browser that refuses is no trouble.
 */
export function storeEdit(uid: string, session: EditSession | null): void {
  try {
    const storage = tabStorage();
    if (session === null || !isDirty(session)) storage?.removeItem(keyOf(uid));
    else storage?.setItem(keyOf(uid), JSON.stringify(storableEdit(session)));
  } catch {
    // Full or forbidden: then the edit lives as long as the page.
  }
}

/** The edit of a plane that this tab keeps; null when there is none, or none that this version understands. */
export function readStoredEdit(uid: string): EditSession | null {
  try {
    const { data } = storedSchema.safeParse(JSON.parse(tabStorage()?.getItem(keyOf(uid)) ?? 'null'));
    if (!data) return null;
    // What an older version kept says neither.
    const base = { ...data.base, uid: data.base.uid ?? uid, planeKey: data.base.planeKey ?? '' };
    return { ...beginEdit(base), object: data.object, lostSecrets: data.lostSecrets };
  } catch {
    return null;
  }
}

/**
 * The uid of another plane of the same name, of which this tab still keeps an edit: it was deleted since. Undefined when
 * there is none.
 */
export function uidOfStrandedEdit(planeKey: string, uid: string): string | undefined {
  return Object.keys(tabStorage() ?? {})
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length))
    .find((other) => other !== uid && readStoredEdit(other)?.base.planeKey === planeKey);
}

/** What of an edit may be stored. A secret in the place of a stored one goes back to that, any other is left empty. */
export function storableEdit({
  base,
  object,
  lostSecrets,
}: EditSession): Pick<EditSession, 'base' | 'object' | 'lostSecrets'> {
  let kept = withoutUnparsed(object);
  let lost = lostSecrets;
  for (const path of redactObject(kept).masked) {
    if (valueAt(kept, path) === MASK) continue;
    lost = true;
    const wasStored = valueAt(base.object, path) === MASK;
    kept = withValueAt(kept, path, wasStored ? MASK : '');
  }
  return { base, object: kept, lostSecrets: lost };
}

/** A text that does not parse may hold anything. */
function withoutUnparsed(object: JsonObject): JsonObject {
  const kept = (value: Json): Json => {
    if (isUnparsed(value)) return '';
    if (Array.isArray(value)) return value.map(kept);
    return isJsonObject(value) ? withoutUnparsed(value) : value;
  };
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, kept(value)]));
}
