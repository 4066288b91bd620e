import 'server-only';
import { wholeDraft } from '@/lib/plane/edit/check-edit';
import { specDraftOf } from '@/lib/plane/edit/spec-draft';
import type { JsonObject } from '@/lib/plane/json/json';
import { redactObject } from '@/lib/plane/masking/redact';
import { asSentence, capital } from '@/lib/plane/model/text';
import { problemsOfStatus } from '@/lib/plane/registration/api-problems';
import { fieldManagersOf } from '@/lib/plane/related/resource-metadata';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { asProblemError, invalidFields, ProblemError } from '@/lib/server/http/problem';
import { asKubeError, isOutcomeUnknown } from '@/lib/server/kube/kube-error';
import { describePlane, type LivePlane, specOfObject } from './live-plane';

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
  if (failure.code === 'conflict') return editConflict(live);
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

/** Returns a conflict that names the field manager of the last change, if the managed fields show it. */
export function editConflict(live: LivePlane): ProblemError {
  const last = fieldManagersOf(live.raw).find(({ subresource }) => subresource === null);
  const who = last?.manager ? ` Last written by the field manager ${last.manager}${at(last.at)}.` : '';
  return new ProblemError(
    'conflict',
    `${capital(describePlane(live))} changed since you opened it, so nothing was saved.${who}`,
  );
}

function at(time: string | null): string {
  const ms = parseTimeMs(time ?? undefined);
  return ms === null ? '' : ` at ${formatUtc(ms)}`;
}
