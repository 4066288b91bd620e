'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { relatedResourcesQuery } from '@/components/plane/related/use-related-resources';
import {
  type CredentialReplacement,
  type CredentialReplacementAnswer,
  credentialReplacementAnswerSchema,
} from '@/lib/api/credentials';
import type { Problem } from '@/lib/api/problem';
import { ApiError, postJson } from '@/lib/client/api/api-request';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/** A request, and what the server answered to it. */
export interface AnsweredReplacement {
  readonly request: CredentialReplacement;
  readonly answer: CredentialReplacementAnswer;
}

/** How far a replacement has come: a dry run checks it, and it is written once somebody has seen what it does. */
export type ReplacementState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'checking' | 'writing' }
  | ({ readonly phase: 'checked' } & AnsweredReplacement)
  /** Another tool manages what would be written; `detail` says which and what. The answer is the dry run's. */
  | ({ readonly phase: 'managed'; readonly detail: string } & AnsweredReplacement)
  | ({ readonly phase: 'written' } & AnsweredReplacement)
  | { readonly phase: 'failed'; readonly message: string; readonly problem: Problem | null };

export interface ReplacementControl {
  readonly state: ReplacementState;
  /** A dry run. */
  readonly check: (request: CredentialReplacement) => void;
  readonly write: (checked: AnsweredReplacement, evenIfManaged: boolean) => void;
  readonly reset: () => void;
}

const IDLE: ReplacementState = { phase: 'idle' };

/**
 * Replaces the credential in a slot of a plane.
 *
 * @param onWritten called once it is written, with the server's answer
 */
export function useCredentialReplacement(
  identity: PlaneIdentity,
  onWritten: (answer: CredentialReplacementAnswer) => void = () => {},
): ReplacementControl {
  const [state, setState] = useState<ReplacementState>(IDLE);
  const client = useQueryClient();
  const check = (request: CredentialReplacement) => {
    setState({ phase: 'checking' });
    sendReplacement(identity, { ...request, dryRun: true }).then(
      (answer) => setState({ phase: 'checked', request, answer }),
      (error: unknown) => setState(failed(error)),
    );
  };
  const write = ({ request, answer: checked }: AnsweredReplacement, evenIfManaged: boolean) => {
    setState({ phase: 'writing' });
    sendReplacement(identity, { ...request, ...(evenIfManaged ? { evenIfManaged } : {}) }).then(
      (answer) => {
        setState({ phase: 'written', request, answer });
        onWritten(answer);
        // A changed Secret changes no plane, so the feed may not report it.
        void client.invalidateQueries({ queryKey: relatedResourcesQuery(identity).queryKey });
      },
      (error: unknown) => {
        const isManaged = error instanceof ApiError && error.problem?.code === 'managed-elsewhere';
        setState(
          isManaged ? { phase: 'managed', request, answer: checked, detail: error.message } : failed(error),
        );
      },
    );
  };
  const reset = () => setState(IDLE);
  return { state, check, write, reset };
}

function failed(error: unknown): ReplacementState {
  const problem = error instanceof ApiError ? error.problem : null;
  const message = error instanceof Error ? error.message : 'It is not known why.';
  return { phase: 'failed', message, problem };
}

/** Throws an ApiError. */
async function sendReplacement(
  identity: PlaneIdentity,
  request: CredentialReplacement,
): Promise<CredentialReplacementAnswer> {
  const answer = await postJson(`${planeApiPath(identity)}/credentials`, request);
  return credentialReplacementAnswerSchema.parse(answer);
}
