'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendCredentialReplacement } from '@/components/plane/care-requests';
import { relatedResourcesQuery } from '@/components/plane/related/related-queries';
import type { CredentialReplacement, CredentialReplacementAnswer } from '@/lib/api/plane-writes';
import type { Problem } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';

/** A change, and what the server answered to it. */
export interface AnsweredChange {
  readonly change: CredentialReplacement;
  readonly answer: CredentialReplacementAnswer;
}

/** How a change of a credential stands: first it is tried, and written only when somebody has seen what that does. */
export type ChangeState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'trying' | 'writing' }
  | ({ readonly phase: 'tried' } & AnsweredChange)
  /** Another tool keeps what would be written; `detail` says which and what. The answer is that of the trial. */
  | ({ readonly phase: 'owned'; readonly detail: string } & AnsweredChange)
  | ({ readonly phase: 'written' } & AnsweredChange)
  | { readonly phase: 'failed'; readonly message: string; readonly problem: Problem | null };

export interface CredentialChanging {
  readonly state: ChangeState;
  readonly attempt: (change: CredentialReplacement) => void;
  readonly write: (tried: AnsweredChange, despiteOwner: boolean) => void;
  readonly reset: () => void;
}

const IDLE: ChangeState = { phase: 'idle' };

/**
 * Changes what stands in a credential slot of a plane.
 *
 * @param onWritten once it is done, with what the server answered
 */
export function useCredentialReplacement(
  identity: PlaneIdentity,
  onWritten: (answer: CredentialReplacementAnswer) => void = () => {},
): CredentialChanging {
  const [state, setState] = useState<ChangeState>(IDLE);
  const client = useQueryClient();
  const attempt = (change: CredentialReplacement) => {
    setState({ phase: 'trying' });
    sendCredentialReplacement(identity, { ...change, dryRun: true }).then(
      (answer) => setState({ phase: 'tried', change, answer }),
      (error: unknown) => setState(failed(error)),
    );
  };
  const write = ({ change, answer: tried }: AnsweredChange, despiteOwner: boolean) => {
    setState({ phase: 'writing' });
    sendCredentialReplacement(identity, { ...change, ...(despiteOwner ? { despiteOwner } : {}) }).then(
      (answer) => {
        setState({ phase: 'written', change, answer });
        onWritten(answer);
        // A Secret that changes moves no plane, so the feed need not tell of it.
        void client.invalidateQueries({ queryKey: relatedResourcesQuery(identity).queryKey });
      },
      (error: unknown) => {
        const owned = error instanceof ApiError && error.problem?.code === 'owned-elsewhere';
        setState(owned ? { phase: 'owned', change, answer: tried, detail: error.message } : failed(error));
      },
    );
  };
  const reset = () => setState(IDLE);
  return { state, attempt, write, reset };
}

function failed(error: unknown): ChangeState {
  const problem = error instanceof ApiError ? error.problem : null;
  const message = error instanceof Error ? error.message : 'It is not known why.';
  return { phase: 'failed', message, problem };
}
