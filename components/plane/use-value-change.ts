'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import { lostAnswerText, problemCode } from '@/lib/client/api/api-request';
import { useWrite } from '@/lib/client/api/use-write';
import { ADMISSION_HINT, notStoredText } from '@/lib/plane/history/not-stored-text';
import type { Plane } from '@/lib/plane/model/plane';
import { type InlineValue, saveValue, snapshotOf } from './save-value';

/** The progress of a change. */
export interface ValueChangeState {
  readonly isSaving: boolean;
  /** Sentences that say why the last save failed, or what it didn't store as requested; undefined: all is saved. */
  readonly message: string | undefined;
  /** Whether the last save failed because another tool manages the plane and will revert the change. */
  readonly isManaged: boolean;
}

export interface ValueChange<Value> {
  readonly state: ValueChangeState;
  /** Remembers the current value; saving replaces only this value. */
  readonly begin: () => void;
  /**
   * Calls `onSaved` after the save, unless the component is unmounted by then, or the value isn't stored as requested.
   */
  readonly save: (
    value: Value,
    options?: { readonly evenIfManaged?: boolean; readonly onSaved?: () => void },
  ) => void;
}

/**
 * Changes a value of a plane. After a conflict, reads the plane again and sends the change again if the value is
 * still the one the user saw, the wanted one, or one of an earlier save whose answer was lost. If someone else changed the
 * value, reports that; only another save replaces it.
 */
export function useValueChange<Value>(plane: Plane, value: InlineValue<Value>): ValueChange<Value> {
  const client = useQueryClient();
  const seen = useRef(snapshotOf(plane, value));
  const unsure = useRef(new Set<string>());
  const { mutate, reset, isPending, error, data } = useWrite({
    mutationFn: ({ wanted, evenIfManaged }: { readonly wanted: Value; readonly evenIfManaged: boolean }) =>
      saveValue(plane, value, { wanted, evenIfManaged, seen, unsure: unsure.current, client }),
  });
  const begin = useCallback(() => {
    seen.current = snapshotOf(plane, value);
    reset();
  }, [plane, value, reset]);
  const save = useCallback<ValueChange<Value>['save']>(
    (wanted, { evenIfManaged = false, onSaved } = {}) =>
      mutate(
        { wanted, evenIfManaged },
        { onSuccess: ({ notStored }) => (notStored.length === 0 ? onSaved?.() : undefined) },
      ),
    [mutate],
  );
  const state = useMemo(
    (): ValueChangeState => ({
      isSaving: isPending,
      message: error ? lostAnswerText(error, 'the change may have been saved') : changedText(data),
      isManaged: problemCode(error) === 'managed-elsewhere',
    }),
    [isPending, error, data],
  );
  return { state, begin, save };
}

/** Returns sentences about what a save didn't store as requested; undefined: it stored everything. */
function changedText(saved: PlaneEditAnswer | undefined): string | undefined {
  if (saved === undefined || saved.notStored.length === 0) return undefined;
  return `${notStoredText(saved.notStored, { isDryRun: false })} ${ADMISSION_HINT}`;
}
