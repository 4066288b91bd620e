'use client';

import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { type PlaneEditAnswer, type PlaneEditRequest, planeEditAnswerSchema } from '@/lib/api/edit';
import { problemCode, sendJson } from '@/lib/client/api/api-request';
import { planeDetailQuery } from '@/lib/client/api/queries';
import type { Plane } from '@/lib/plane/model/plane';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/** One value of a plane that is changed in place, without the editor. Pass the same object on every render. */
export interface InlineValue<Value> {
  /** The value that the plane has, as a text to compare. */
  readonly textOf: (plane: Plane) => string;
  readonly changes: (value: Value) => PlaneEditRequest['changes'];
  /** What somebody else did to it, as the rest of a sentence that begins with "somebody else". */
  readonly theirs: (plane: Plane) => string;
  /** How to get one's own value saved all the same, as a sentence. */
  readonly howToOverride: string;
}

/** How far a change has come. */
export interface ValueChangeState {
  readonly isSaving: boolean;
  /** Why the last save failed, in sentences; undefined: it didn't. */
  readonly message: string | undefined;
  /** The last save failed because another tool manages the plane and will revert the change. */
  readonly isManaged: boolean;
}

export interface ValueChange<Value> {
  readonly state: ValueChangeState;
  /** Notes the value as it is now; saving replaces only this value. */
  readonly begin: () => void;
  /** `onSaved` is called once it is saved, unless the component is gone by then. */
  readonly save: (
    value: Value,
    options?: { readonly evenIfManaged?: boolean; readonly onSaved?: () => void },
  ) => void;
}

/** Others may keep writing the plane; after this many conflicts the person decides. */
const ATTEMPTS = 3;

/**
 * Changes one value of a plane. After a conflict the plane is read again: where this value is still the one that was
 * seen, the change is sent again; where somebody else changed it, that is reported, and only another save replaces
 * it.
 */
export function useValueChange<Value>(plane: Plane, value: InlineValue<Value>): ValueChange<Value> {
  const client = useQueryClient();
  const seen = useRef(snapshotOf(plane, value));
  const { mutate, reset, isPending, error } = useMutation({
    mutationFn: ({ wanted, evenIfManaged }: { readonly wanted: Value; readonly evenIfManaged: boolean }) =>
      saveValue(plane, value, { wanted, evenIfManaged, seen, client }),
  });
  const begin = useCallback(() => {
    seen.current = snapshotOf(plane, value);
    reset();
  }, [plane, value, reset]);
  const save = useCallback<ValueChange<Value>['save']>(
    (wanted, { evenIfManaged = false, onSaved } = {}) =>
      mutate({ wanted, evenIfManaged }, { onSuccess: () => onSaved?.() }),
    [mutate],
  );
  const state = useMemo(
    (): ValueChangeState => ({
      isSaving: isPending,
      message: error?.message,
      isManaged: problemCode(error) === 'managed-elsewhere',
    }),
    [isPending, error],
  );
  return { state, begin, save };
}

/** Sends the change until nothing is in its way, or somebody has to decide: then it throws. */
export async function saveValue<Value>(
  plane: Plane,
  value: InlineValue<Value>,
  {
    wanted,
    evenIfManaged,
    seen,
    client,
  }: {
    readonly wanted: Value;
    readonly evenIfManaged: boolean;
    /** The value that the change replaces; after a conflict the one that was read. */
    readonly seen: { current: Snapshot };
    readonly client: QueryClient;
  },
): Promise<PlaneEditAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendEdit(plane, {
        resourceVersion: seen.current.resourceVersion,
        changes: value.changes(wanted),
        ...(evenIfManaged ? { evenIfManaged } : {}),
      });
    } catch (error) {
      if (problemCode(error) !== 'conflict') throw error;
      const query = { ...planeDetailQuery(plane), staleTime: 0 };
      const detail = await client.fetchQuery(query).catch(() => null);
      if (detail === null) throw error;
      const before = seen.current.text;
      seen.current = snapshotOf(detail.plane, value);
      if (seen.current.text !== before)
        throw new Error(
          `Not saved: somebody else ${value.theirs(detail.plane)} meanwhile. ${value.howToOverride}`,
        );
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** A value as it was seen, as a text to compare. */
interface Snapshot {
  readonly text: string;
  readonly resourceVersion: string;
}

function snapshotOf<Value>(plane: Plane, { textOf }: InlineValue<Value>): Snapshot {
  return { text: textOf(plane), resourceVersion: plane.resourceVersion };
}

/**
 * Changes a plane, or with `dryRun` has the API server report what the change would do.
 *
 * @throws ApiError; one without a problem means that the answer was lost, and the change may have been written
 */
export async function sendEdit(
  identity: PlaneIdentity,
  request: PlaneEditRequest,
  signal?: AbortSignal,
): Promise<PlaneEditAnswer> {
  return planeEditAnswerSchema.parse(await sendJson('PATCH', planeApiPath(identity), request, signal));
}
