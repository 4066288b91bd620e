'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { type PlaneEditAnswer, type PlaneEditRequest, planeEditAnswerSchema } from '@/lib/api/edit';
import { ApiError, sendJson } from '@/lib/client/api/api-request';
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

export type ValueChangeState =
  | { readonly phase: 'idle' | 'saving' }
  | { readonly phase: 'failed'; readonly message: string }
  /** Another tool manages the plane and will revert the change. */
  | { readonly phase: 'managed'; readonly message: string };

export interface ValueChange<Value> {
  readonly state: ValueChangeState;
  /** Notes the value as it is now; saving replaces only this value. */
  readonly begin: () => void;
  readonly save: (value: Value, evenIfManaged?: boolean) => Promise<boolean>;
}

const IDLE: ValueChangeState = { phase: 'idle' };
/** Others may keep writing the plane; after this many conflicts the person decides. */
const ATTEMPTS = 3;

/**
 * Changes one value of a plane. After a conflict the plane is read again: where this value is still the one that was seen,
 * the change is sent again; where somebody else changed it, that is reported, and only another save replaces it.
 */
export function useValueChange<Value>(plane: Plane, value: InlineValue<Value>): ValueChange<Value> {
  const [state, setState] = useState<ValueChangeState>(IDLE);
  const client = useQueryClient();
  const seen = useRef(snapshotOf(plane, value));

  const begin = useCallback(() => {
    seen.current = snapshotOf(plane, value);
    setState(IDLE);
  }, [plane, value]);

  const save = useCallback(
    async (wanted: Value, evenIfManaged = false): Promise<boolean> => {
      setState({ phase: 'saving' });
      const query = { ...planeDetailQuery(plane), staleTime: 0 };
      for (let attempt = 1; ; attempt += 1) {
        try {
          await sendEdit(plane, {
            resourceVersion: seen.current.resourceVersion,
            changes: value.changes(wanted),
            ...(evenIfManaged ? { evenIfManaged } : {}),
          });
          setState(IDLE);
          return true;
        } catch (error) {
          const isConflict = error instanceof ApiError && error.problem?.code === 'conflict';
          const detail = isConflict ? await client.fetchQuery(query).catch(() => null) : null;
          const before = seen.current.text;
          if (detail) seen.current = snapshotOf(detail.plane, value);
          if (detail && seen.current.text === before && attempt < ATTEMPTS) continue;
          const isTheirs = detail !== null && seen.current.text !== before;
          setState(
            isTheirs
              ? {
                  phase: 'failed',
                  message: `Not saved: somebody else ${value.theirs(detail.plane)} meanwhile. ${value.howToOverride}`,
                }
              : failed(error),
          );
          return false;
        }
      }
    },
    [plane, value, client],
  );
  return { state, begin, save };
}

function snapshotOf<Value>(plane: Plane, { textOf }: InlineValue<Value>) {
  return { text: textOf(plane), resourceVersion: plane.resourceVersion };
}

function failed(error: unknown): ValueChangeState {
  const message = error instanceof Error ? error.message : 'The answer could not be read.';
  const isManaged = error instanceof ApiError && error.problem?.code === 'managed-elsewhere';
  return isManaged ? { phase: 'managed', message } : { phase: 'failed', message };
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
