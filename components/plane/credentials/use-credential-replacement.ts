'use client';

import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type CredentialReplacement,
  type CredentialReplacementAnswer,
  credentialReplacementAnswerSchema,
} from '@/lib/api/credentials';
import { lostAnswerText, postJson, problemCode } from '@/lib/client/api/api-request';
import { objectKey } from '@/lib/client/api/query-client';
import { useWrite } from '@/lib/client/api/use-write';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import { rereadCredentials } from './use-replacement-states';

/** A request and the server's answer to it. */
export interface AnsweredReplacement {
  readonly request: CredentialReplacement;
  readonly answer: CredentialReplacementAnswer;
}

/** The progress of a replacement: a dry run checks it, and it's written after you have seen the result. */
export type ReplacementState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'checking' | 'writing' }
  | ({ readonly phase: 'checked' } & AnsweredReplacement)
  /** Another tool manages the object to write; `detail` names both. The answer is the dry run's. */
  | ({ readonly phase: 'managed'; readonly detail: string } & AnsweredReplacement)
  | ({ readonly phase: 'written' } & AnsweredReplacement)
  | { readonly phase: 'failed'; readonly message: string };

export interface ReplacementControl {
  readonly state: ReplacementState;
  /** Starts a dry run. */
  readonly check: (request: CredentialReplacement) => void;
  readonly write: (checked: AnsweredReplacement, evenIfManaged: boolean) => void;
  readonly reset: () => void;
}

/**
 * Replaces the credential in a slot of a plane.
 *
 * @param onWritten called with the server's answer after the write, even if the user has left the page
 */
export function useCredentialReplacement(
  identity: PlaneIdentity,
  onWritten: (answer: CredentialReplacementAnswer) => void = () => {},
): ReplacementControl {
  const client = useQueryClient();
  const [request, setRequest] = useState<CredentialReplacement | null>(null);
  const check = useQuery({
    // The request holds the credential, so the key has only the request's number.
    queryKey: ['credential-check', planeKey(identity), request === null ? null : objectKey(request)],
    queryFn:
      request === null
        ? skipToken
        : ({ signal }) => sendReplacement(identity, { ...request, dryRun: true }, signal),
    // The user is waiting and can check again.
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const write = useWrite({
    mutationFn: ({ checked, evenIfManaged }: Write) =>
      sendReplacement(identity, {
        ...checked.request,
        reviewed: checked.answer.writes,
        ...(evenIfManaged ? { evenIfManaged } : {}),
      }),
    onSuccess: (answer) => {
      onWritten(answer);
      // A changed Secret doesn't change the plane, so the feed may not report it.
      void rereadCredentials(identity, client);
    },
    // A failed write may have left an interrupted replacement, which the page shows.
    onError: () => void rereadCredentials(identity, client),
  });
  return {
    state: replacementState(request, check, write),
    check: (next) => {
      write.reset();
      // A new object, so that an equal request is checked again.
      setRequest({ ...next });
    },
    write: ({ request: checked, answer }, evenIfManaged) =>
      write.mutate({ checked: { request: checked, answer }, evenIfManaged }),
    reset: () => {
      // The result of a write in progress must still be shown.
      if (!write.isPending) write.reset();
      setRequest(null);
    },
  };
}

interface Write {
  readonly checked: AnsweredReplacement;
  readonly evenIfManaged: boolean;
}

/** The result so far of the replacement's query or mutation. */
interface Progress {
  readonly data: CredentialReplacementAnswer | undefined;
  readonly error: Error | null;
}

/**
 * The state of a replacement, from its dry run and the write that follows.
 * @param request null: nothing is requested
 */
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
      : { phase: 'failed', message: lostAnswerText(write.error, 'the credential may have been replaced') };
  }
  if (request === null) return { phase: 'idle' };
  if (check.error) return { phase: 'failed', message: check.error.message };
  return check.data ? { phase: 'checked', request, answer: check.data } : { phase: 'checking' };
}

/** Says what a written replacement did. */
export function replacedText(
  name: string,
  { isSame = false, refreshedAt }: Pick<CredentialReplacementAnswer, 'isSame' | 'refreshedAt'>,
): string {
  const refresh = refreshedAt === null ? '' : ', and a status refresh was requested';
  return isSame
    ? `You entered the ${name} that was already stored${refresh}. To replace it, enter a new one.`
    : `The ${name} was replaced${refresh}. Planeboard doesn't test it, so check that it works when it's next used.`;
}

/** @throws ApiError */
async function sendReplacement(
  identity: PlaneIdentity,
  request: CredentialReplacement,
  signal?: AbortSignal,
): Promise<CredentialReplacementAnswer> {
  const answer = await postJson(`${planeApiPath(identity)}/credentials`, request, signal);
  return credentialReplacementAnswerSchema.parse(answer);
}
