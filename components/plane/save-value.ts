import type { QueryClient } from '@tanstack/react-query';
import { type PlaneEditAnswer, type PlaneEditRequest, planeEditAnswerSchema } from '@/lib/api/edit';
import { ApiError, isOutcomeUnknown, problemCode, sendJson } from '@/lib/client/api/api-request';
import { planeDetailQuery } from '@/lib/client/api/queries';
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

/** Others may keep writing the plane, so the change fails after this many conflicts. */
const ATTEMPTS = 3;

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

/**
 * Sends a dry run of a change, at the plane's current version.
 *
 * @returns the answer, and the value that the change would replace
 * @throws ApiError; Error on any other failure
 */
export async function checkValue<Value>(
  plane: Plane,
  value: InlineValue<Value>,
  wanted: Value,
  client: QueryClient,
): Promise<{ readonly answer: PlaneEditAnswer; readonly seen: Snapshot }> {
  let seen = snapshotOf(plane, value);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { resourceVersion } = seen;
      const answer = await sendEdit(plane, {
        resourceVersion,
        changes: value.changes(wanted),
        dryRun: true,
      });
      return { answer, seen };
    } catch (error) {
      if (problemCode(error) !== 'conflict' || attempt === ATTEMPTS) throw error;
      const now = await readPlane(plane, client);
      if (now === null) throw error;
      seen = snapshotOf(now, value);
    }
  }
}

/** Returns the plane as it is now; null if it can't be read. */
async function readPlane(plane: Plane, client: QueryClient): Promise<Plane | null> {
  const query = { ...planeDetailQuery(plane), staleTime: 0 };
  const detail = await client.fetchQuery(query).catch(() => null);
  return detail?.plane ?? null;
}

/** The value that the user saw, as a text to compare, and the plane's version then. */
export interface Snapshot {
  readonly text: string;
  readonly resourceVersion: string;
}

/** Returns the plane's current value. */
export function snapshotOf<Value>(plane: Plane, { textOf }: InlineValue<Value>): Snapshot {
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
