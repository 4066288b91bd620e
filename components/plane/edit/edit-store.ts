'use client';

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { PlaneDetail } from '@/lib/api/fleet';
import { readTabStorage, tabStorageKeys, writeTabStorage } from '@/lib/client/tab-storage';
import { editBaseOf } from '@/lib/plane/edit/editable-object';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';
import { z } from '@/lib/zod';
import { beginEdit, type EditSession, isDirty, storableEdit, withStored } from './edit-session';

/** The edits of this tab, by the plane's uid. They outlive the pages: you can open the fleet and come back. Empty on the server. */
class EditStore {
  private readonly sessions = new Map<string, EditSession | null>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The edit of a plane, or the one stored before the tab was reloaded; null: there is none. */
  get(uid: string): EditSession | null {
    const held = this.sessions.get(uid);
    if (held !== undefined) return held;
    const stored = readStoredEdit(uid);
    this.sessions.set(uid, stored);
    return stored;
  }

  /** Changes the edit of a plane; does nothing without one, or when `change` returns the same one. */
  change(uid: string, change: (session: EditSession) => EditSession): void {
    const session = this.get(uid);
    if (!session) return;
    const changed = change(session);
    if (changed !== session) this.set(uid, changed);
  }

  /**
   * Makes an orphaned edit the edit of the plane that has its name now; does nothing when either is missing.
   *
   * @param from the uid of the plane that was deleted
   */
  takeOver(from: string, uid: string): void {
    const orphaned = this.get(from);
    const current = this.get(uid);
    if (!orphaned || !current) return;
    this.set(uid, withStored(orphaned, current.base));
    this.set(from, null);
  }

  /** Begins an edit, or ends it with null. */
  set(uid: string, session: EditSession | null): void {
    this.sessions.set(uid, session);
    storeEdit(uid, session);
    for (const listener of this.listeners) listener();
  }
}

export const editStore = new EditStore();

/**
 * The edit of a plane, begun when there is none. It follows the plane: what others change meanwhile is merged or becomes a
 * conflict. Null until the plane has been read.
 */
export function useEditSession(uid: string, detail: PlaneDetail | null): EditSession | null {
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

/** The uid of a deleted plane of this name that an unsaved edit is stored of; undefined: there is none. */
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
  lostSecrets: z.boolean(),
});

const PREFIX = 'planeboard.edit.';

/**
 * Stores an edit over a reload of this tab, without the secrets that were typed. Of an invalid text nothing is stored, as
 * nothing shows which parts of it are secret.
 */
function storeEdit(uid: string, session: EditSession | null): void {
  writeTabStorage(keyOf(uid), session === null || !isDirty(session) ? null : storableEdit(session));
}

/** The stored edit of a plane; null when there is none, or none that this version can read. */
function readStoredEdit(uid: string): EditSession | null {
  const { data } = storedSchema.safeParse(readTabStorage(keyOf(uid)));
  if (!data) return null;
  // Edits that an older version stored have neither.
  const base = { ...data.base, uid: data.base.uid ?? uid, planeKey: data.base.planeKey ?? '' };
  return { ...beginEdit(base), object: data.object, lostSecrets: data.lostSecrets };
}

/** The uid of a deleted plane of the same name that this tab still stores an edit of; undefined: there is none. */
function uidOfOrphanedEdit(planeKey: string, uid: string): string | undefined {
  return tabStorageKeys()
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length))
    .find((other) => other !== uid && readStoredEdit(other)?.base.planeKey === planeKey);
}

function keyOf(uid: string): string {
  return `${PREFIX}${uid}`;
}
