'use client';

import { useState } from 'react';
import { sendDeletion } from '@/components/plane/care-requests';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDeletionAnswer } from '@/lib/api/plane-writes';
import { ApiError } from '@/lib/client/api/api-request';

/** How the request to delete a plane stands. */
export type DeletionState =
  | { readonly phase: 'idle' | 'sending' }
  | { readonly phase: 'accepted'; readonly answer: PlaneDeletionAnswer }
  /** Another tool keeps it and will make it anew; `detail` says which. */
  | { readonly phase: 'owned'; readonly detail: string }
  | { readonly phase: 'failed'; readonly message: string };

export interface Deleting {
  readonly state: DeletionState;
  readonly send: (options: { readonly deleteSecret: boolean; readonly despiteOwner: boolean }) => void;
}

/** Deletes the plane that was seen, and no other that took its name since; the name was typed. */
export function useDeletion(plane: FleetPlane): Deleting {
  const [state, setState] = useState<DeletionState>({ phase: 'idle' });
  const send: Deleting['send'] = ({ deleteSecret, despiteOwner }) => {
    setState({ phase: 'sending' });
    sendDeletion(plane, {
      confirm: plane.name,
      uid: plane.uid,
      ...(deleteSecret ? { deleteSecret } : {}),
      ...(despiteOwner ? { despiteOwner } : {}),
    }).then(
      (answer) => setState({ phase: 'accepted', answer }),
      (error: unknown) => setState(refusal(error)),
    );
  };
  return { state, send };
}

function refusal(error: unknown): DeletionState {
  const message = error instanceof Error ? error.message : 'It is not known why.';
  if (error instanceof ApiError && error.problem?.code === 'owned-elsewhere')
    return { phase: 'owned', detail: message };
  return { phase: 'failed', message };
}
