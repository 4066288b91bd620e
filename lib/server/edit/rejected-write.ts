import 'server-only';
import { wholeDraft } from '@/lib/plane/edit/check-edit';
import { conflictingWriter } from '@/lib/plane/edit/conflicting-writer';
import { specDraftOf } from '@/lib/plane/edit/spec-draft';
import type { JsonObject } from '@/lib/plane/json/json';
import { mergePatchOf } from '@/lib/plane/json/merge-patch';
import { redactObject } from '@/lib/plane/masking/redact';
import type { FieldWriter } from '@/lib/plane/model/field-writers';
import { asSentence, capital } from '@/lib/plane/model/text';
import { problemsOfStatus } from '@/lib/plane/registration/api-problems';
import { formatUtc } from '@/lib/plane/time/age';
import { asProblemError, invalidFields, ProblemError } from '@/lib/server/http/problem';
import { asKubeError, isOutcomeUnknown } from '@/lib/server/kube/kube-error';
import { describePlane, type LivePlane, specOfObject } from './live-plane';
import { type ConflictingChange, conflictingChange } from './patch-plane';

/**
 * Returns the problem to answer when the API server rejected a write of a plane, with fields as paths of the form's
 * draft.
 *
 * @param error the KubeError of the write
 * @param wanted the plane after the write
 * @param hide removes texts that repeat a secret, such as a webhook's
 */
export function rejectedWrite(
  error: unknown,
  live: LivePlane,
  wanted: JsonObject,
  hide: (text: string) => string,
  dryRun: boolean,
): ProblemError {
  const failure = asKubeError(error);
  if (failure.code === 'conflict') {
    const change = conflictingChange(failure) ?? { before: null, now: live };
    return editConflict(change, mergePatchOf(live.raw, wanted) ?? {});
  }
  if (failure.code === 'invalid') {
    const { identity, kind } = live;
    const shown = redactObject(wanted).object as JsonObject;
    const draft = wholeDraft(specDraftOf(specOfObject(shown), kind, identity.name), identity, kind);
    const problems = problemsOfStatus(failure.statusObject, draft, kind);
    if (problems.length > 0)
      return invalidFields(problems.map(({ path, message }) => ({ path, message: hide(message) })));
  }
  const { code } = asProblemError(failure);
  const detail = asSentence(capital(hide(failure.message)));
  if (dryRun || !isOutcomeUnknown(failure)) return new ProblemError(code, detail);
  return new ProblemError(
    code,
    `Outcome unknown: ${describePlane(live)} may have been changed. ${detail} Check it before you try again.`,
  );
}

/**
 * Returns a conflict that names the field manager of the other change, if the managed fields show it.
 *
 * @param mine the merge patch of the edit
 */
export function editConflict({ before, now }: ConflictingChange, mine: JsonObject): ProblemError {
  const writer = conflictingWriter(now.raw, before, mine);
  const who = writer ? ` Last written by the field manager ${writer.manager}${at(writer)}.` : '';
  return new ProblemError(
    'conflict',
    `${capital(describePlane(now))} changed since you opened it, so nothing was saved.${who}`,
  );
}

function at({ atMs }: FieldWriter): string {
  return atMs === null ? '' : ` at ${formatUtc(atMs)}`;
}
