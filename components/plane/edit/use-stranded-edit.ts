'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';
import { uidOfStrandedEdit } from './edit-storage';
import { editStore } from './edit-store';

/**
 * The uid of a plane that was deleted, had the name that this one has, and of which an edit is kept that nobody has gone
 * on with; undefined: there is none.
 */
export function useStrandedEdit(plane: Plane): string | undefined {
  const key = planeKey(plane);
  const read = useCallback(() => uidOfStrandedEdit(key, plane.uid), [key, plane.uid]);
  return useSyncExternalStore(editStore.subscribe, read, () => undefined);
}
