'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sendEdit } from '@/components/plane/use-value-change';
import type { PlaneEditAnswer } from '@/lib/api/edit';
import type { Problem } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';
import { planeDetailQuery } from '@/lib/client/api/queries';
import { editBaseOf } from '@/lib/plane/edit/editable-object';
import { changesOfObject, type ObjectChanges } from '@/lib/plane/edit/object-changes';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { type EditSession, withStored } from './edit-session';
import { editStore } from './edit-store';

/** How far the review of an edit has come. */
export type Review =
  | { readonly phase: 'checking' }
  /** The dry run shows what saving would change. */
  | { readonly phase: 'checked' | 'saving'; readonly answer: PlaneEditAnswer }
  | { readonly phase: 'rejected'; readonly problem: Problem }
  /** The API server is unreachable, or its answer was lost. `wasSave`: it was a save, not a dry run. */
  | { readonly phase: 'failed'; readonly reason: string; readonly wasSave: boolean };

export interface ReviewControl {
  readonly review: Review;
  readonly checkAgain: () => void;
  readonly save: (evenIfManaged: boolean) => void;
}

/** The changes of an edit; empty where it has something that can't be written. */
export function changesOf({ base, object }: EditSession): ObjectChanges {
  const edited = changesOfObject(base.object, object);
  return 'changes' in edited ? edited.changes : {};
}

/**
 * Checks an edit by a dry run, and saves it. After a conflict the plane is read again, and the changes of others are merged
 * or become conflicts; only what was shown is saved.
 *
 * @param onSaved called once the edit has ended; pass the same function on every render
 */
export function useReview(
  uid: string,
  identity: PlaneIdentity,
  session: EditSession,
  onSaved: (answer: PlaneEditAnswer) => void,
): ReviewControl {
  const [review, setReview] = useState<Review>({ phase: 'checking' });
  const [attempt, setAttempt] = useState(0);
  const client = useQueryClient();
  const { object, conflicts } = session;
  const { object: before } = session.base;
  const latest = useRef({ identity, session });
  latest.current = { identity, session };

  /** Whether the plane has changed: another attempt on the same state would be rejected again. */
  const readAgain = useCallback(async (): Promise<boolean> => {
    const version = latest.current.session.base.resourceVersion;
    const query = { ...planeDetailQuery(latest.current.identity), staleTime: 0 };
    const detail = await client.fetchQuery(query).catch(() => null);
    if (detail === null) return false;
    editStore.change(uid, (current) => withStored(current, editBaseOf(detail)));
    return detail.plane.resourceVersion !== version;
  }, [client, uid]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: checked again when the edit or the stored state changed, not with every heartbeat.
  useEffect(() => {
    if (conflicts) return;
    const controller = new AbortController();
    setReview({ phase: 'checking' });
    const { identity: of, session: edit } = latest.current;
    const request = { resourceVersion: edit.base.resourceVersion, changes: changesOf(edit), dryRun: true };
    sendEdit(of, request, controller.signal).then(
      (answer) => setReview({ phase: 'checked', answer }),
      async (error: unknown) => {
        if (controller.signal.aborted) return;
        setReview(failed(error, false));
        if (isConflict(error) && (await readAgain())) setAttempt((count) => count + 1);
      },
    );
    return () => controller.abort();
  }, [uid, object, before, conflicts, attempt, readAgain]);

  const checkAgain = useCallback(() => setAttempt((count) => count + 1), []);
  const save = useCallback(
    (evenIfManaged: boolean) => {
      const { identity: of, session: edit } = latest.current;
      setReview((shown) => (shown.phase === 'checked' ? { ...shown, phase: 'saving' } : shown));
      sendEdit(of, {
        resourceVersion: edit.base.resourceVersion,
        changes: changesOf(edit),
        ...(evenIfManaged ? { evenIfManaged } : {}),
      }).then(
        (answer) => {
          editStore.set(uid, null);
          onSaved(answer);
          void client.invalidateQueries({ queryKey: planeDetailQuery(of).queryKey });
        },
        async (error: unknown) => {
          setReview(failed(error, true));
          const hasChanged = await readAgain();
          if (isConflict(error) && hasChanged) setAttempt((count) => count + 1);
        },
      );
    },
    [uid, client, readAgain, onSaved],
  );
  return { review, checkAgain, save };
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.problem?.code === 'conflict';
}

/** Failures on the way to the API server: they say nothing about the edit. */
const NO_ANSWER: ReadonlySet<Problem['code']> = new Set([
  'api-server-unreachable',
  'api-server-error',
  'rate-limited',
  'internal',
]);

function failed(error: unknown, wasSave: boolean): Review {
  if (error instanceof ApiError && error.problem && !NO_ANSWER.has(error.problem.code))
    return { phase: 'rejected', problem: error.problem };
  const reason = error instanceof Error ? error.message : 'The answer could not be read.';
  return { phase: 'failed', reason, wasSave };
}
