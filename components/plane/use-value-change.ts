'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { type PlaneEditAnswer, type PlaneEditRequest, planeEditAnswerSchema } from '@/lib/api/edit';
import {
  ApiError,
  isOutcomeUnknown,
  lostAnswerText,
  problemCode,
  sendJson,
} from '@/lib/client/api/api-request';
import { planeDetailQuery } from '@/lib/client/api/queries';
import { useWrite } from '@/lib/client/api/use-write';
import { ADMISSION_HINT, notStoredText } from '@/lib/plane/history/not-stored-text';
import type { Plane } from '@/lib/plane/model/plane';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/** A value of a plane that you change in place, without the editor. Pass the same object on every render. */
export interface InlineValue<Value> {
  /** The plane's current value, as a text to compare. */
  readonly textOf: (plane: Plane) => string;
  readonly changes: (value: Value) => PlaneEditRequest['changes'];
  /** The text of a plane that has this value. */
  readonly textAfter: (value: Value) => string;
  /** What another user did to the value: the rest of a sentence that begins with "someone else". */
  readonly theirs: (plane: Plane) => string;
  /** A sentence that says how to save your own value anyway. */
  readonly howToOverride: string;
}

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

/** Others may keep writing the plane, so the change fails after this many conflicts. */
const ATTEMPTS = 3;

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

/**
 * Sends a change, and again after a conflict about other values.
 * @throws ApiError if the user has to decide; Error on any other failure
 */
export async function saveValue<Value>(
  plane: Plane,
  value: InlineValue<Value>,
  {
    wanted,
    evenIfManaged,
    seen,
    unsure,
    client,
  }: {
    readonly wanted: Value;
    readonly evenIfManaged: boolean;
    /** The value that the change replaces; updated to the stored value if that is another one than the wanted. */
    readonly seen: { current: Snapshot };
    /** The values of earlier saves whose answer was lost, as texts; this one is added if its answer is lost. */
    readonly unsure: Set<string>;
    readonly client: QueryClient;
  },
): Promise<PlaneEditAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await sendEdit(plane, {
        resourceVersion: seen.current.resourceVersion,
        changes: value.changes(wanted),
        ...(evenIfManaged ? { evenIfManaged } : {}),
      });
      if (answer.notStored.length > 0) {
        // Otherwise the next save would take this one's result for another user's change.
        const now = await readPlane(plane, client);
        const { resourceVersion } = answer;
        seen.current = now ? snapshotOf(now, value) : { ...seen.current, resourceVersion };
      }
      return answer;
    } catch (error) {
      if (isOutcomeUnknown(error)) unsure.add(value.textAfter(wanted));
      if (!(error instanceof ApiError) || problemCode(error) !== 'conflict') throw error;
      const now = await readPlane(plane, client);
      if (now === null) throw error;
      const before = seen.current.text;
      seen.current = snapshotOf(now, value);
      // This save, or an earlier one whose answer was lost, was carried out after all.
      const isOwn = seen.current.text === value.textAfter(wanted) || unsure.has(seen.current.text);
      if (seen.current.text !== before && !isOwn)
        throw new ApiError(
          `Not saved. Meanwhile, someone else ${value.theirs(now)}. ${value.howToOverride}`,
          error.problem,
          error.status,
        );
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** Returns the plane as it is now; null if it can't be read. */
async function readPlane(plane: Plane, client: QueryClient): Promise<Plane | null> {
  const query = { ...planeDetailQuery(plane), staleTime: 0 };
  const detail = await client.fetchQuery(query).catch(() => null);
  return detail?.plane ?? null;
}

/** The value that the user saw, as a text to compare. */
interface Snapshot {
  readonly text: string;
  readonly resourceVersion: string;
}

function snapshotOf<Value>(plane: Plane, { textOf }: InlineValue<Value>): Snapshot {
  return { text: textOf(plane), resourceVersion: plane.resourceVersion };
}

/**
 * Changes a plane. With `dryRun`, the API server only reports what the change would do.
 *
 * @throws ApiError; an error without a problem means that the answer was lost and the change may have been written
 */
export async function sendEdit(
  identity: PlaneIdentity,
  request: PlaneEditRequest,
  signal?: AbortSignal,
): Promise<PlaneEditAnswer> {
  return planeEditAnswerSchema.parse(await sendJson('PATCH', planeApiPath(identity), request, signal));
}
