import type { PlaneDeletionAnswer } from '@/lib/api/deletion';

/** How far a deletion is that also deletes the plane's Secrets. */
export interface SecretDeletion {
  readonly isRequested: boolean;
  /** Whether the server hasn't answered yet. */
  readonly isPending: boolean;
  readonly answer: PlaneDeletionAnswer | null;
}

/** Returns a sentence about the deletion of the plane's Secret; null if there is nothing to say. */
export function secretText({ isRequested, isPending, answer }: SecretDeletion): string | null {
  if (isPending) return isRequested ? 'The Secret that Planeboard created for it is being deleted…' : null;
  if (answer?.secretProblem !== undefined) return answer.secretProblem;
  return answer?.secret === 'deleted' ? 'The Secret that Planeboard created for it was deleted too.' : null;
}

/** Returns whether Secrets that still exist are left over: until the server has answered, it may be deleting them. */
export function mayShowLeftovers({ isRequested, isPending }: SecretDeletion): boolean {
  return !(isRequested && isPending);
}
