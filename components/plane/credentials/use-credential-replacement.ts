'use client';

import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rereadRelatedResources } from '@/components/plane/related/use-related-resources';
import {
  type CredentialReplacement,
  type CredentialReplacementAnswer,
  credentialReplacementAnswerSchema,
} from '@/lib/api/credentials';
import { postJson, problemCode } from '@/lib/client/api/api-request';
import { objectKey } from '@/lib/client/api/query-client';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';

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
  | { readonly phase: 'failed'; readonly message: string };

export interface ReplacementControl {
  readonly state: ReplacementState;
  /** A dry run. */
  readonly check: (request: CredentialReplacement) => void;
  readonly write: (checked: AnsweredReplacement, evenIfManaged: boolean) => void;
  readonly reset: () => void;
}

/**
 * Replaces the credential in a slot of a plane.
 *
 * @param onWritten called once it is written, with the server's answer, also when the page has been left meanwhile
 */
export function useCredentialReplacement(
  identity: PlaneIdentity,
  onWritten: (answer: CredentialReplacementAnswer) => void = () => {},
): ReplacementControl {
  const client = useQueryClient();
  const [request, setRequest] = useState<CredentialReplacement | null>(null);
  const check = useQuery({
    // The request holds the credential, so only its number is in the key.
    queryKey: ['credential-check', planeKey(identity), request === null ? null : objectKey(request)],
    queryFn:
      request === null
        ? skipToken
        : ({ signal }) => sendReplacement(identity, { ...request, dryRun: true }, signal),
    // A person is waiting, and can check again.
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const write = useMutation({
    mutationFn: ({ checked, evenIfManaged }: Write) =>
      sendReplacement(identity, { ...checked.request, ...(evenIfManaged ? { evenIfManaged } : {}) }),
    onSuccess: (answer) => {
      onWritten(answer);
      // A changed Secret changes no plane, so the feed may not report it.
      void rereadRelatedResources(identity, client);
    },
  });
  return {
    state: replacementState(request, check, write),
    check: (wanted) => {
      write.reset();
      // Another object, so that the same request is checked anew.
      setRequest({ ...wanted });
    },
    write: ({ request: checked, answer }, evenIfManaged) =>
      write.mutate({ checked: { request: checked, answer }, evenIfManaged }),
    reset: () => {
      // What became of a write that is under way has to be shown.
      if (!write.isPending) write.reset();
      setRequest(null);
    },
  };
}

interface Write {
  readonly checked: AnsweredReplacement;
  readonly evenIfManaged: boolean;
}

/** What a query or a mutation of the replacement has come to. */
interface Progress {
  readonly data: CredentialReplacementAnswer | undefined;
  readonly error: Error | null;
}

/** How far the dry run of a request and the write after it have come. @param request null: there is none */
export function replacementState(
  request: CredentialReplacement | null,
  check: Progress,
  write: Progress & { readonly isPending: boolean; readonly variables: Write | undefined },
): ReplacementState {
  if (write.isPending) return { phase: 'writing' };
  if (write.variables && write.data)
    return { phase: 'written', request: write.variables.checked.request, answer: write.data };
  if (write.variables && write.error) {
    return problemCode(write.error) === 'managed-elsewhere'
      ? { phase: 'managed', ...write.variables.checked, detail: write.error.message }
      : { phase: 'failed', message: write.error.message };
  }
  if (request === null) return { phase: 'idle' };
  if (check.error) return { phase: 'failed', message: check.error.message };
  return check.data ? { phase: 'checked', request, answer: check.data } : { phase: 'checking' };
}

/** Throws an ApiError. */
async function sendReplacement(
  identity: PlaneIdentity,
  request: CredentialReplacement,
  signal?: AbortSignal,
): Promise<CredentialReplacementAnswer> {
  const answer = await postJson(`${planeApiPath(identity)}/credentials`, request, signal);
  return credentialReplacementAnswerSchema.parse(answer);
}
