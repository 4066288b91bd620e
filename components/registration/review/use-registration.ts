'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { endDraft } from '@/components/registration/draft-storage';
import { draftStore } from '@/components/registration/draft-store';
import type { Problem, ProblemCode } from '@/lib/api/problem';
import { type RegistrationAnswer, registrationAnswerSchema } from '@/lib/api/registration';
import { ApiError, postJson } from '@/lib/client/api/api-request';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';

/** What the API server says of a draft, without writing it. */
export type DryRun =
  | { readonly state: 'off' | 'checking' }
  | { readonly state: 'passed'; readonly answer: RegistrationAnswer }
  | { readonly state: 'rejected'; readonly problem: Problem }
  /** There was no answer, which says nothing against the draft. */
  | { readonly state: 'failed'; readonly reason: string };

/**
 * Has the API server check the draft whenever it changes. What it rejects goes to the fields that it is about.
 *
 * @param enabled false while the draft has errors that are known without asking, and where nothing may be written
 */
export function useDryRun(
  draft: Draft,
  kind: InstalledKind,
  enabled: boolean,
): { readonly dryRun: DryRun; readonly rerun: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [done, setDone] = useState<FinishedDryRun | null>(null);

  useEffect(() => {
    if (!enabled) return;
    const controller = new AbortController();
    // Also when the draft is the same: an older answer says nothing about now.
    setDone(null);
    draftStore.setServerProblems([]);
    sendDraft(draft, kind, true, controller.signal)
      .then((answer): DryRun => ({ state: 'passed', answer }))
      .catch(failedDryRun)
      .then((dryRun) => {
        if (controller.signal.aborted) return;
        if (dryRun.state === 'rejected') draftStore.setServerProblems(draftProblems(dryRun.problem));
        setDone({ draft, kind, attempt, dryRun });
      });
    return () => controller.abort();
  }, [draft, kind, enabled, attempt]);

  const rerun = useCallback(() => setAttempt((count) => count + 1), []);
  if (!enabled) return { dryRun: { state: 'off' }, rerun };
  const isCurrent = done?.draft === draft && done.kind === kind && done.attempt === attempt;
  return { dryRun: isCurrent ? done.dryRun : { state: 'checking' }, rerun };
}

/** A result, and what it is the result of. */
interface FinishedDryRun {
  readonly draft: Draft;
  readonly kind: InstalledKind;
  readonly attempt: number;
  readonly dryRun: DryRun;
}

/** Problems of what was sent; all others are about the way there. */
const REJECTIONS: ReadonlySet<ProblemCode> = new Set([
  'bad-request',
  'invalid-field',
  'forbidden',
  'already-exists',
  'conflict',
  'not-installed',
  'too-large',
]);

function failedDryRun(error: unknown): DryRun {
  if (error instanceof ApiError && error.problem && REJECTIONS.has(error.problem.code)) {
    return { state: 'rejected', problem: error.problem };
  }
  return {
    state: 'failed',
    reason: error instanceof Error ? error.message : 'The answer could not be read.',
  };
}

export type Registration =
  | { readonly state: 'idle' | 'sending' }
  | { readonly state: 'registered'; readonly answer: RegistrationAnswer }
  /** `draft` is the one that failed; once it is changed, that says nothing any more. */
  | { readonly state: 'failed'; readonly error: ApiError; readonly draft: Draft };

/**
 * Registers the draft, one attempt at a time. The draft ends with the page that shows it: until the next page appears,
 * what was registered stays visible.
 *
 * @param onRegistered leads to the next page
 */
export function useRegistration(
  draft: Draft,
  kind: InstalledKind,
  onRegistered: (answer: RegistrationAnswer) => void,
): { readonly registration: Registration; readonly register: () => void } {
  const [registration, setRegistration] = useState<Registration>({ state: 'idle' });
  const isRegistered = useRef(false);
  useEffect(
    () => () => {
      if (isRegistered.current) endDraft();
    },
    [],
  );
  const isSending = useRef(false);
  const register = useCallback(async () => {
    if (isSending.current || isRegistered.current) return;
    isSending.current = true;
    setRegistration({ state: 'sending' });
    draftStore.send();
    try {
      const answer = await sendDraft(draft, kind, false);
      isRegistered.current = true;
      setRegistration({ state: 'registered', answer });
      onRegistered(answer);
    } catch (error) {
      const failure =
        error instanceof ApiError ? error : new ApiError('The answer could not be read.', null, null);
      if (failure.problem?.errors) draftStore.setServerProblems(draftProblems(failure.problem));
      setRegistration({ state: 'failed', error: failure, draft });
    }
    isSending.current = false;
  }, [draft, kind, onRegistered]);
  const isOver = registration.state === 'failed' && registration.draft !== draft;
  return { registration: isOver ? { state: 'idle' } : registration, register: () => void register() };
}

/**
 * Registers the plane, or with `dryRun` has the API server check every object without writing any. Sending the same draft
 * again is safe: it is recognised by its id. Credentials of options that weren't chosen stay in the browser.
 *
 * @throws ApiError, or the AbortError; an ApiError without a problem says nothing about whether something was written
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

/** What the API server rejected, at the fields of the draft; without a field it is about the plane as a whole. */
function draftProblems(problem: Problem): DraftProblem[] {
  const errors = problem.errors ?? [];
  if (errors.length === 0) {
    return [{ path: [], severity: 'error', message: problem.detail ?? problem.title }];
  }
  return errors.map(({ path, message }) => ({ path, severity: 'error', message }));
}
