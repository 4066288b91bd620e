'use client';

import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { PlaneDetail } from '@/lib/api/fleet';
import { beginEdit, type EditSession, isDirty, withStored } from '@/lib/plane/edit/edit-session';
import { editBaseOf } from '@/lib/plane/edit/editable-object';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';
import { readStoredEdit, storeEdit, uidOfOrphanedEdit } from './edit-storage';

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
    const now = this.get(uid);
    if (!orphaned || !now) return;
    this.set(uid, withStored(orphaned, now.base));
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
