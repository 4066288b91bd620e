'use client';

import { type QueryClient, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { sendEdit } from '@/components/plane/save-value';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import type { Problem } from '@/lib/api/problem';
import { ApiError, isOutcomeUnknown, problemCode } from '@/lib/client/api/api-request';
import { planeDetailKey, planeDetailQuery } from '@/lib/client/api/queries';
import { objectKey } from '@/lib/client/api/query-client';
import { useWrite } from '@/lib/client/api/use-write';
import { editBaseOf } from '@/lib/plane/edit/editable-object';
import { changesOfObject, type ObjectChanges } from '@/lib/plane/edit/object-changes';
import { samePath } from '@/lib/plane/json/json-path';
import type { Plane } from '@/lib/plane/model/plane';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { type EditSession, isDirty, withLostSave, withStored } from './edit-session';
import { editStore } from './edit-store';

/** The progress of an edit's review. */
export type Review =
  | { readonly phase: 'checking' }
  /** The dry run shows what saving would change. */
  | { readonly phase: 'checked' | 'saving'; readonly answer: PlaneEditAnswer }
  /** `answer` is the dry run's if another tool manages the plane, where the user may confirm saving anyway. */
  | { readonly phase: 'rejected'; readonly problem: Problem; readonly answer: PlaneEditAnswer | null }
  /** The API server is unreachable, or its answer was lost. `wasSave` is true for a save, false for a dry run. */
  | { readonly phase: 'failed'; readonly reason: string; readonly wasSave: boolean };

export interface ReviewControl {
  readonly review: Review;
  readonly checkAgain: () => void;
  /** Saves the changes that the dry run has shown. */
  readonly save: (answer: PlaneEditAnswer, evenIfManaged: boolean) => void;
}

/** The changes of an edit; empty if it contains something that can't be written. */
export function changesOf({ base, object }: EditSession): ObjectChanges {
  const edited = changesOfObject(base.object, object);
  return 'changes' in edited ? edited.changes : {};
}

/**
 * Checks an edit by a dry run and saves it. After a conflict, reads the plane again; changes of others are merged or
 * become conflicts. Saves only what the user has seen.
 *
 * @param connectedAgents how many agents are known to be connected; null: not known
 * @param onSaved called once the edit is saved
 */
export function useReview(
  plane: Plane,
  connectedAgents: number | null,
  session: EditSession,
  onSaved: (answer: PlaneEditAnswer) => void,
): ReviewControl {
  const client = useQueryClient();
  const { uid } = plane;
  const identity: PlaneIdentity = plane;
  // The effects of an edit depend on whether an agent is connected, as far as that is known.
  const connected = connectedAgents === null ? null : connectedAgents > 0;
  const check = useQuery({
    queryKey: checkKey(session, connected),
    queryFn: session.conflicts
      ? skipToken
      : ({ signal }) => dryRun({ uid, identity, session, client, signal }),
    // The user is waiting and can check again.
    retry: false,
    gcTime: 0,
  });
  const save = useWrite({
    mutationFn: ({ session: shown, evenIfManaged }: Save) =>
      sendEdit(identity, {
        resourceVersion: shown.base.resourceVersion,
        changes: changesOf(shown),
        ...(evenIfManaged ? { evenIfManaged } : {}),
      }),
    onSuccess: (answer, { answer: shown }) => {
      // A value that the user didn't see dropped must not be lost.
      if (isAsShown(answer, shown)) editStore.set(uid, null);
      else void readAgain(uid, identity, client);
      onSaved(answer);
      void client.invalidateQueries({ queryKey: planeDetailKey(identity) });
    },
    // Not awaited: the failure is shown immediately, even while the plane can't be read.
    onError: (error, { session: shown }) => void afterFailedSave(error, shown),
  });
  const afterFailedSave = async (error: Error, shown: EditSession) => {
    if (isOutcomeUnknown(error)) editStore.change(uid, (edit) => withLostSave(edit, shown));
    const hasChanged = await readAgain(uid, identity, client);
    // Changes of others make it another edit, which triggers its own check.
    if (!isConflict(error) || !hasChanged || !isUnchanged(shown, editStore.get(uid))) return;
    save.reset();
    await client.refetchQueries({ queryKey: checkKey(shown, connected), type: 'active' });
  };
  return {
    review: reviewOf(session, check, save),
    checkAgain: () => {
      save.reset();
      void check.refetch();
    },
    save: (answer, evenIfManaged) => save.mutate({ session, answer, evenIfManaged }),
  };
}

/**
 * The key of an edit's check, which changes with the edit, the stored object and the agent's connection, but not with
 * every status.
 */
function checkKey({ object, base }: EditSession, connected: boolean | null) {
  return ['edit-check', base.planeKey, objectKey(object), objectKey(base.object), connected];
}

interface Save {
  /** The edit as the user has seen it, and the dry run's answer to it. */
  readonly session: EditSession;
  readonly answer: PlaneEditAnswer;
  readonly evenIfManaged: boolean;
}

/** Whether a save stored everything as requested, except what its dry run had named. */
export function isAsShown(saved: PlaneEditAnswer, shown: PlaneEditAnswer): boolean {
  return saved.notStored.every((path) => shown.notStored.some((other) => samePath(path, other)));
}

/** Whether a check of the first session also applies to the second one, apart from the plane's status. */
function isUnchanged(before: EditSession, after: EditSession | null): after is EditSession {
  return (
    after !== null &&
    after.conflicts === null &&
    after.object === before.object &&
    after.base.object === before.base.object
  );
}

/** The state of a review, from the dry run of an edit and the save that follows. */
export function reviewOf(
  session: EditSession,
  check: {
    readonly isFetching: boolean;
    readonly data: PlaneEditAnswer | undefined;
    readonly error: Error | null;
  },
  save: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly variables: Save | undefined;
  },
): Review {
  if (save.isPending && save.variables) return { phase: 'saving', answer: save.variables.answer };
  // A changed edit has its own check. The failed save is still shown if the plane turns out to be stored as edited.
  if (save.error && save.variables && (isUnchanged(save.variables.session, session) || !isDirty(session)))
    return failure(save.error, save.variables.answer);
  if (!check.isFetching && check.error) return failure(check.error, null);
  if (check.isFetching || check.data === undefined) return { phase: 'checking' };
  return { phase: 'checked', answer: check.data };
}

/** Checks an edit with the API server without writing it. @throws ApiError */
async function dryRun(edit: {
  readonly uid: string;
  readonly identity: PlaneIdentity;
  readonly session: EditSession;
  readonly client: QueryClient;
  readonly signal: AbortSignal;
}): Promise<PlaneEditAnswer> {
  const { uid, identity, session, client, signal } = edit;
  const request = {
    resourceVersion: session.base.resourceVersion,
    changes: changesOf(session),
    dryRun: true,
  };
  try {
    return await sendEdit(identity, request, signal);
  } catch (error) {
    if (!isConflict(error) || signal.aborted || !(await readAgain(uid, identity, client))) throw error;
    const now = editStore.get(uid);
    if (!isUnchanged(session, now)) throw error;
    return dryRun({ ...edit, session: now });
  }
}

/** Reads the plane and updates its edit. Returns whether the plane has changed; if not, a retry would fail again. */
async function readAgain(uid: string, identity: PlaneIdentity, client: QueryClient): Promise<boolean> {
  const version = editStore.get(uid)?.base.resourceVersion;
  const detail = await client.fetchQuery({ ...planeDetailQuery(identity), staleTime: 0 }).catch(() => null);
  if (detail === null) return false;
  editStore.change(uid, (current) => withStored(current, editBaseOf(detail)));
  return detail.plane.resourceVersion !== version;
}

function isConflict(error: unknown): boolean {
  return problemCode(error) === 'conflict';
}

/** Failures on the way to the API server, which say nothing about the edit. */
const NO_ANSWER: ReadonlySet<Problem['code']> = new Set([
  'api-server-unreachable',
  'api-server-error',
  'rate-limited',
  'internal',
]);

/** @param saved the dry run's answer if a save failed; null: the dry run failed */
function failure(error: Error, saved: PlaneEditAnswer | null): Review {
  if (error instanceof ApiError && error.problem && !NO_ANSWER.has(error.problem.code))
    return {
      phase: 'rejected',
      problem: error.problem,
      answer: error.problem.code === 'managed-elsewhere' ? saved : null,
    };
  return { phase: 'failed', reason: error.message, wasSave: saved !== null };
}
