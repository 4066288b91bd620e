import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { samePath, valueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/json/mask';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { checkCredentials } from '@/lib/plane/registration/check-credentials';
import { checkReferences } from '@/lib/plane/registration/check-draft';
import { checkSpec } from '@/lib/plane/registration/check-spec';
import type { Draft, DraftProblem } from '@/lib/plane/registration/draft';
import type { CheckContext } from '@/lib/plane/registration/known-planes';
import { newDraft } from '@/lib/plane/registration/new-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { keepsStoredSecret, specDraftOf } from './spec-draft';

/** Of a draft that stands for a plane that exists: nothing is registered by it. */
const NO_REGISTRATION = '00000000-0000-0000-0000-000000000000';

/** The draft of a whole plane that a draft of its spec is part of, for functions that ask for one. */
export function wholeDraft(draft: SpecDraft, identity: PlaneIdentity, kind: InstalledKind): Draft {
  const { namespace = '', name } = identity;
  return { ...newDraft(kind, NO_REGISTRATION), namespace, name, ...draft };
}

/**
 * What is wrong with the spec of a plane that is edited, or will break, by the rules of the registration. What was so
 * before the edit is only a warning: it must not keep anybody from mending something else. A secret that is kept as it
 * is stored is not judged, as nobody but the server knows it.
 *
 * @param spec of the plane from which the draft was made, secrets masked
 * @param context.planes without the plane itself
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
    ...checkSpec(draft, kind).filter(({ path }) => valueAt(draft.spec, path.slice(1)) !== MASK),
    ...checkReferences(whole, kind, context),
  ];
}
