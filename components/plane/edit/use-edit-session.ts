'use client';

import { useEffect, useSyncExternalStore } from 'react';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { beginEdit, type EditSession, isDirty, withTheirs } from './edit-session';
import { editStore } from './edit-store';
import { editBaseOf } from './editable-object';

/**
 * The edit of a plane, begun when there is none. It follows the plane: what others change meanwhile is taken up or
 * becomes a conflict. Null until the plane could be read.
 */
export function useEditSession(uid: string, detail: PlaneDetail | null): EditSession | null {
  useEffect(() => {
    if (!detail) return;
    const theirs = editBaseOf(detail);
    if (editStore.get(uid)) editStore.change(uid, (session) => withTheirs(session, theirs));
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
