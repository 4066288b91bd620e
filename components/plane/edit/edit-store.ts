'use client';

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { PlaneDetail } from '@/lib/api/fleet';
import { readTabStorage, tabStorageKeys, writeTabStorage } from '@/lib/client/tab-storage';
import { editBaseOf } from '@/lib/plane/edit/editable-object';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';
import { z } from '@/lib/zod';
import { beginEdit, type EditSession, isDirty, reopened, storableEdit, withStored } from './edit-session';

/** The edits of this tab, by plane uid. They survive opening the fleet and coming back. Empty on the server. */
class EditStore {
  private readonly sessions = new Map<string, EditSession | null>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The edit of a plane, or the one stored before the tab was reloaded; null if neither exists. */
  get(uid: string): EditSession | null {
    const cached = this.sessions.get(uid);
    if (cached !== undefined) return cached;
    const stored = readStoredEdit(uid);
    this.sessions.set(uid, stored);
    return stored;
  }

  /** Changes the edit of a plane. Does nothing if there is no edit, or if `change` returns the same one. */
  change(uid: string, change: (session: EditSession) => EditSession): void {
    const session = this.get(uid);
    if (!session) return;
    const changed = change(session);
    if (changed !== session) this.set(uid, changed);
  }

  /**
   * Moves an orphaned edit to the plane that has the name now. Does nothing if either is missing.
   *
   * @param from the uid of the deleted plane
   */
  takeOver(from: string, uid: string): void {
    const orphaned = this.get(from);
    const current = this.get(uid);
    if (!orphaned || !current) return;
    this.set(uid, withStored(orphaned, current.base));
    this.set(from, null);
  }

  /** Begins an edit, or ends it if null is passed. */
  set(uid: string, session: EditSession | null): void {
    this.sessions.set(uid, session);
    storeEdit(uid, session);
    for (const listener of this.listeners) listener();
  }
}

export const editStore = new EditStore();

/**
 * The edit of a plane; begins one if there is none. Changes of others to the plane are merged into it or become
 * conflicts. Null until the plane has been read.
 */
export function useEditSession(uid: string, detail: PlaneDetail | null): EditSession | null {
  useEffect(() => editStore.change(uid, reopened), [uid]);
  useEffect(() => {
    if (!detail) return;
    const theirs = editBaseOf(detail);
    if (editStore.get(uid)) editStore.change(uid, (session) => withStored(session, theirs));
    else editStore.set(uid, beginEdit(theirs));
  }, [uid, detail]);
  const session = useSyncExternalStore(
    editStore.subscribe,
    () => editStore.get(uid),
    () => null,
  );
  const dirty = session !== null && isDirty(session);
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  return session;
}

/** The uid of a deleted plane of the same name that has an unsaved edit; undefined if there is none. */
export function useOrphanedEdit(plane: Plane): string | undefined {
  const key = planeKey(plane);
  const read = useCallback(() => uidOfOrphanedEdit(key, plane.uid), [key, plane.uid]);
  return useSyncExternalStore(editStore.subscribe, read, () => undefined);
}

const storedSchema = z.object({
  base: z.object({
    uid: z.string().optional(),
    planeKey: z.string().optional(),
    resourceVersion: z.string(),
    generation: z.number(),
    object: jsonObjectSchema,
  }),
  object: jsonObjectSchema,
  // Edits stored by an older version don't have it.
  lostSave: jsonObjectSchema.nullable().optional(),
  lostSecrets: z.boolean(),
});

const PREFIX = 'planeboard.edit.';

/**
 * Stores an edit for a reload of this tab, without typed secrets. Stores nothing of an invalid text, because its
 * secret parts can't be recognised.
 */
function storeEdit(uid: string, session: EditSession | null): void {
  writeTabStorage(keyOf(uid), session === null || !isDirty(session) ? null : storableEdit(session));
}

/** The stored edit of a plane; null if there is none, or if this version can't read it. */
function readStoredEdit(uid: string): EditSession | null {
  const { data } = storedSchema.safeParse(readTabStorage(keyOf(uid)));
  if (!data) return null;
  // Edits stored by an older version have neither uid nor planeKey.
  const base = { ...data.base, uid: data.base.uid ?? uid, planeKey: data.base.planeKey ?? '' };
  const { object, lostSave = null, lostSecrets } = data;
  return { ...beginEdit(base), object, lostSave, lostSecrets };
}

/** The uid of another plane of the same name that this tab has a stored edit for; undefined if there is none. */
function uidOfOrphanedEdit(planeKey: string, uid: string): string | undefined {
  return tabStorageKeys()
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length))
    .find((other) => other !== uid && readStoredEdit(other)?.base.planeKey === planeKey);
}

function keyOf(uid: string): string {
  return `${PREFIX}${uid}`;
}
