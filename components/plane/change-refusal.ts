import { READ_ONLY_REASON } from '@/lib/plane/model/read-only';
import type { RelatedResources } from '@/lib/plane/related/related-resources';

/** Why nothing can be changed on a plane's page: of everything, or only of the plane itself. */
export interface ChangeRefusal {
  /** A sentence for the person. */
  readonly reason: string;
  /** Whether the whole installation takes no changes. Otherwise this person may not change this plane. */
  readonly isReadOnly: boolean;
}

const READ_ONLY: ChangeRefusal = {
  reason: READ_ONLY_REASON,
  isReadOnly: true,
};

/**
 * Returns why a plane can't be changed; null if nothing is known that forbids it.
 *
 * @param mayChange undefined until the access review has answered
 */
export function changeRefusal(
  readOnly: boolean,
  mayChange: RelatedResources['mayChange'] | undefined,
): ChangeRefusal | null {
  if (readOnly) return READ_ONLY;
  return mayChange?.state === 'denied'
    ? { reason: mayChange.reason ?? "You don't have the permission to change this plane.", isReadOnly: false }
    : null;
}
