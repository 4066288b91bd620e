import 'server-only';
import { wholeDraft } from '@/lib/plane/edit/check-edit';
import { specDraftOf } from '@/lib/plane/edit/spec-draft';
import type { JsonObject } from '@/lib/plane/json/json';
import { redactObject } from '@/lib/plane/model/redact';
import { problemsOfStatus } from '@/lib/plane/registration/api-problems';
import { fieldManagersOf } from '@/lib/plane/related/resource-metadata';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import type { KubeError, KubeErrorCode } from '@/lib/server/kube/kube-error';
import { sentence } from '@/lib/server/kube/object-problem';
import { type LivePlane, planeWords, specOfObject } from './live-plane';

/** Failures after which the change may have been written all the same. */
const LOST: ReadonlySet<KubeErrorCode> = new Set(['unreachable', 'timeout', 'server-error', 'bad-answer']);

/** Whether an answer was lost, so that it is not known what was written. */
export function isLost({ code }: KubeError): boolean {
  return LOST.has(code);
}

/**
 * The problem that a refused write of a plane stands for, its fields as paths of the form's draft.
 *
 * @param wanted the plane as it would be
 * @param publicText leaves out texts that repeat a secret: some are a webhook's
 */
export function refusedChange(
  failure: KubeError,
  live: LivePlane,
  wanted: JsonObject,
  publicText: (text: string) => string,
  dryRun: boolean,
): ProblemError {
  if (failure.code === 'conflict') return changedMeanwhile(live);
  const { code } = asProblemError(failure);
  if (failure.code === 'invalid') {
    const { identity, kind } = live;
    const shown = redactObject(wanted).object as JsonObject;
    const draft = wholeDraft(specDraftOf(specOfObject(shown), kind, identity.name), identity, kind);
    const errors = problemsOfStatus(failure.statusObject, draft, kind).map(({ path, message }) => ({
      path,
      message: publicText(message),
    }));
    if (errors.length > 0)
      return new ProblemError(code, errors.map(({ message }) => message).join(' '), { errors });
  }
  const detail = publicText(sentence(failure.message));
  if (dryRun || !isLost(failure)) return new ProblemError(code, detail);
  return new ProblemError(
    code,
    `${detail} Whether ${planeWords(live)} was changed is not known: look at it as it is now before you try again.`,
  );
}

/** Somebody changed the plane since it was read; who it was, as far as its bookkeeping tells. */
export function changedMeanwhile(live: LivePlane): ProblemError {
  const last = fieldManagersOf(live.raw).find(({ subresource }) => subresource === null);
  const who = last?.manager ? ` Last written by the field manager ${last.manager}${at(last.at)}.` : '';
  return new ProblemError(
    'conflict',
    `Somebody else changed ${planeWords(live)} since you read it, so nothing was written.${who}`,
  );
}

function at(time: string | null): string {
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) ? '' : ` at ${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
