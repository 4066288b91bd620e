import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { CheckContext } from './check-context';
import { checkCredentials } from './check-credentials';
import { checkIdentity } from './check-identity';
import { checkReferences } from './check-references';
import { checkSpec } from './check-spec';
import type { Draft, DraftProblem } from './draft';

/**
 * Everything that is known to be wrong with a draft (errors), or to break later (warnings), each at its field, in the
 * order of the wizard's steps. The same function serves the browser while somebody types and the server before it
 * writes; what it cannot know, the API server's dry run tells.
 */
export function checkDraft(draft: Draft, kind: InstalledKind, context: CheckContext): DraftProblem[] {
  return [
    ...checkIdentity(draft, kind, context),
    ...checkCredentials(draft, kind, context),
    ...checkSpec(draft, kind),
    ...checkReferences(draft, kind, context),
  ];
}

/** Whether a draft may be written: warnings keep nobody from it. */
export function hasErrors(problems: readonly DraftProblem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
