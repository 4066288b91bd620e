'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { ApiError } from '@/lib/client/api/api-request';
import type { Draft } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { draftStore } from './draft-store';
import { sendRegistration } from './send-registration';
import { endDraft } from './use-draft-session';
import { draftProblems } from './use-dry-run';

export type Registering =
  | { readonly state: 'idle' | 'sending' }
  | { readonly state: 'registered'; readonly answer: RegistrationAnswer }
  /** `draft` is the one that failed; once it is changed, that says nothing any more. */
  | { readonly state: 'failed'; readonly error: ApiError; readonly draft: Draft };

/**
 * Sends the draft, once at a time. The draft ends with the page that shows it: until the next page is there, what was
 * registered stays in sight.
 *
 * @param onRegistered leads to the next page
 */
export function useRegistering(
  draft: Draft,
  kind: InstalledKind,
  onRegistered: (answer: RegistrationAnswer) => void,
): { readonly registering: Registering; readonly register: () => void } {
  const [registering, setRegistering] = useState<Registering>({ state: 'idle' });
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
    setRegistering({ state: 'sending' });
    draftStore.send();
    try {
      const answer = await sendRegistration(draft, kind);
      isRegistered.current = true;
      setRegistering({ state: 'registered', answer });
      onRegistered(answer);
    } catch (error) {
      const failure =
        error instanceof ApiError ? error : new ApiError('The answer could not be read.', null, null);
      if (failure.problem?.errors) draftStore.setServerProblems(draftProblems(failure.problem));
      setRegistering({ state: 'failed', error: failure, draft });
    }
    isSending.current = false;
  }, [draft, kind, onRegistered]);
  const isOver = registering.state === 'failed' && registering.draft !== draft;
  return { registering: isOver ? { state: 'idle' } : registering, register: () => void register() };
}
