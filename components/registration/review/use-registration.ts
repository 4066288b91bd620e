'use client';

import { type MutationStatus, queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { endDraft } from '@/components/registration/draft-storage';
import { draftStore } from '@/components/registration/draft-store';
import type { Problem, ProblemCode } from '@/lib/api/problem';
import { type RegistrationAnswer, registrationAnswerSchema } from '@/lib/api/registration';
import { ApiError, postJson } from '@/lib/client/api/api-request';
import { objectKey } from '@/lib/client/api/query-client';
import { useWrite } from '@/lib/client/api/use-write';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';

/** The API server's verdict on a draft, without creating it. */
export type DryRun =
  | { readonly state: 'off' | 'checking' }
  | { readonly state: 'passed'; readonly answer: RegistrationAnswer }
  | { readonly state: 'rejected'; readonly problem: Problem }
  /** There was no response, which says nothing about the draft. */
  | { readonly state: 'failed'; readonly reason: string };

/**
 * Has the API server check the draft whenever it changes. Rejections go to the fields that they concern.
 *
 * @param enabled false while this page finds errors in the draft itself, and where nothing may be written
 */
export function useDryRun(
  draft: Draft,
  kind: InstalledKind,
  enabled: boolean,
): { readonly dryRun: DryRun; readonly rerun: () => void } {
  const { data, error, isFetching, refetch } = useQuery(dryRunQuery(enabled ? draft : null, kind));
  const dryRun = useMemo(
    () => dryRunOf(enabled, { data, error, isFetching }),
    [enabled, data, error, isFetching],
  );
  useEffect(() => {
    // While nothing is checked, earlier findings stay beside their fields.
    if (dryRun.state === 'off') return;
    draftStore.setServerProblems(dryRun.state === 'rejected' ? draftProblems(dryRun.problem) : []);
  }, [dryRun]);
  return { dryRun, rerun: () => void refetch() };
}

/**
 * Returns the query for a dry run. It caches no result, because an earlier check says nothing about now.
 *
 * @param draft null if there's nothing to check
 */
function dryRunQuery(draft: Draft | null, kind: InstalledKind) {
  return queryOptions({
    // A draft is never changed in place. It holds credentials, so the key contains only its number.
    queryKey: ['registration', 'dry-run', draft && objectKey(draft), objectKey(kind)],
    queryFn: draft === null ? skipToken : ({ signal }) => sendDraft(draft, kind, true, signal),
    // A person is waiting and can check again.
    retry: false,
    gcTime: 0,
  });
}

/** Returns the state of a dry run. */
export function dryRunOf(
  enabled: boolean,
  {
    data,
    error,
    isFetching,
  }: {
    readonly data: RegistrationAnswer | undefined;
    readonly error: Error | null;
    readonly isFetching: boolean;
  },
): DryRun {
  if (!enabled) return { state: 'off' };
  if (isFetching) return { state: 'checking' };
  if (error) return failedDryRun(error);
  return data ? { state: 'passed', answer: data } : { state: 'checking' };
}

/** Problems with the draft itself; all others happen on the way. */
const REJECTIONS: ReadonlySet<ProblemCode> = new Set([
  'bad-request',
  'invalid-field',
  'forbidden',
  'already-exists',
  'conflict',
  'not-installed',
  'too-large',
]);

function failedDryRun(error: Error): DryRun {
  return error instanceof ApiError && error.problem && REJECTIONS.has(error.problem.code)
    ? { state: 'rejected', problem: error.problem }
    : { state: 'failed', reason: error.message };
}

export interface Registration {
  /** `pending` while it is being sent, `success` until the next page appears. */
  readonly status: MutationStatus;
  /** Why it failed; null if it didn't, or if the draft has changed since. */
  readonly error: ApiError | null;
  /** What it created; null until it has. */
  readonly answer: RegistrationAnswer | null;
  readonly register: () => void;
}

/**
 * Registers the draft, one attempt at a time. The draft ends when the page does, so it stays visible until the next
 * page appears.
 *
 * @param onRegistered opens the next page
 */
export function useRegistration(
  draft: Draft,
  kind: InstalledKind,
  onRegistered: (answer: RegistrationAnswer) => void,
): Registration {
  const {
    mutate,
    status,
    variables,
    error,
    data: answer = null,
  } = useWrite<RegistrationAnswer, Draft, ApiError>({
    mutationFn: (sent) => sendDraft(sent, kind, false).catch(throwApiError),
    onMutate: () => draftStore.send(),
    onSuccess: (answer) => onRegistered(answer),
    onError: ({ problem }) => {
      if (problem?.errors) draftStore.setServerProblems(draftProblems(problem));
    },
  });
  const isRegistered = status === 'success';
  useEffect(() => (isRegistered ? endDraft : undefined), [isRegistered]);
  const register = useCallback(() => {
    if (status !== 'pending' && status !== 'success') mutate(draft);
  }, [status, mutate, draft]);
  const isOfEarlierDraft = status === 'error' && variables !== draft;
  return isOfEarlierDraft
    ? { status: 'idle', error: null, answer: null, register }
    : { status, error, answer, register };
}

/** Rethrows an ApiError; any other error counts as a lost response. */
function throwApiError(error: unknown): never {
  throw error instanceof ApiError ? error : new ApiError("Couldn't read the server's response.", null, null);
}

/**
 * Registers the plane or, with `dryRun`, has the API server check every object without creating any. Sending the same
 * draft again is safe: its id identifies it. Credentials of options that aren't chosen stay in the browser.
 *
 * @throws ApiError, or the AbortError; an ApiError without a problem leaves open whether something was created
 */
async function sendDraft(
  draft: Draft,
  kind: InstalledKind,
  dryRun: boolean,
  signal?: AbortSignal,
): Promise<RegistrationAnswer> {
  const active = new Set(activeSlots(kind, draft).map((slot) => slot.id));
  const credentials = Object.entries(draft.credentials).filter(([slotId]) => active.has(slotId));
  const body: Draft = { ...draft, credentials: Object.fromEntries(credentials) };
  return registrationAnswerSchema.parse(await postJson(`/api/registrations?dryRun=${dryRun}`, body, signal));
}

/**
 * Returns the API server's rejections as problems of the draft's fields. Without a field, the rejection is about the
 * whole plane.
 */
function draftProblems(problem: Problem): DraftProblem[] {
  const errors = problem.errors ?? [];
  if (errors.length === 0) {
    return [{ path: [], severity: 'error', message: problem.detail ?? problem.title }];
  }
  return errors.map(({ path, message }) => ({ path, severity: 'error', message }));
}
