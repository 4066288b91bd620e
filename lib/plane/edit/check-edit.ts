import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { samePath, valueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/masking/mask';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { checkCredentials } from '@/lib/plane/registration/check-credentials';
import { checkReferences } from '@/lib/plane/registration/check-draft';
import { checkSpec } from '@/lib/plane/registration/check-spec';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import type { CheckContext } from '@/lib/plane/registration/known-planes';
import { newDraft } from '@/lib/plane/registration/new-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { keepsStoredSecret, specDraftOf } from './spec-draft';

/** The registration id of a draft for an existing plane, which registers nothing. */
const NO_REGISTRATION = '00000000-0000-0000-0000-000000000000';

/** Wraps a spec draft in a draft of the whole plane, for functions that take one. */
export function wholeDraft(draft: SpecDraft, identity: PlaneIdentity, kind: InstalledKind): Draft {
  const { namespace = '', name } = identity;
  return { ...newDraft(kind, NO_REGISTRATION), namespace, name, ...draft };
}

/**
 * Checks the edited spec of a plane by the rules of registration. A problem that existed before the edit is only a
 * warning, so it doesn't block other fixes. A kept secret isn't judged, because only the server knows it.
 *
 * @param spec the spec that the draft was read from, secrets masked
 * @param context.planes all planes except this one
 */
export function checkEdit(
  spec: unknown,
  draft: SpecDraft,
  identity: PlaneIdentity,
  kind: InstalledKind,
  context: CheckContext,
): DraftProblem[] {
  const start = specDraftOf(spec, kind, identity.name);
  const before = problemsOf(start, identity, kind, { ...context, inspections: {} });
  return problemsOf(draft, identity, kind, context).map((problem) =>
    before.some(({ path, message }) => samePath(path, problem.path) && message === problem.message)
      ? { ...problem, severity: 'warning' }
      : problem,
  );
}

function problemsOf(
  draft: SpecDraft,
  identity: PlaneIdentity,
  kind: InstalledKind,
  context: CheckContext,
): DraftProblem[] {
  const whole = wholeDraft(draft, identity, kind);
  const isOfKept = ([, slotId]: DraftProblem['path']) => {
    const credential = Object.hasOwn(draft.credentials, String(slotId))
      ? draft.credentials[String(slotId)]
      : undefined;
    return credential !== undefined && keepsStoredSecret(credential);
  };
  return [
    ...checkCredentials(whole, kind, context).filter(({ path }) => !isOfKept(path)),
    ...checkSpec(draft, kind, context.matchesPattern).filter(
      ({ path }) => valueAt(draft.spec, path.slice(1)) !== MASK,
    ),
    ...checkReferences(whole, kind, context),
  ];
}
