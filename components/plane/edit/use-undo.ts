'use client';

import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import type { PlaneDetail } from '@/lib/api/fleet';
import { editBaseOf } from '@/lib/plane/edit/editable-object';
import { connectionChange, type ShownEntry } from '@/lib/plane/history/connection-change';
import type { Plane } from '@/lib/plane/model/plane';
import { editPath } from '@/lib/plane/model/plane-task';
import { beginEdit, prepared, withStored } from './edit-session';
import { editStore } from './edit-store';

/**
 * Returns a function that opens the review of an edit which undoes the change that the plane's connection ended after.
 * Null if there is no such change, or its earlier values aren't known: a history keeps no value except planeIDs.
 *
 * @param changes the plane's history, newest first
 */
export function useUndo(
  plane: Plane,
  detail: PlaneDetail | null,
  changes: readonly ShownEntry[],
): (() => void) | null {
  const router = useRouter();
  return useMemo(() => {
    const planeID = connectionChange(changes, plane)?.planeID;
    if (planeID === undefined || detail === null) return null;
    return () => {
      editToRestorePlaneId(detail, planeID.written);
      router.push(editPath(plane, { view: 'form', review: true }));
    };
  }, [plane, detail, changes, router]);
}

/**
 * Adds an earlier planeID to the edit of a plane, so that the review shows it and saves it like any other change.
 *
 * @param planeID null removes the field
 */
function editToRestorePlaneId(detail: PlaneDetail, planeID: string | null): void {
  const base = editBaseOf(detail);
  const { uid } = base;
  const session = withStored(editStore.get(uid) ?? beginEdit(base), base);
  editStore.set(uid, prepared(session, ['spec', 'planeID'], planeID ?? undefined));
}
