import 'server-only';
import type { ProblemCode } from '@/lib/api/problem';
import type { RegistrationRemains } from '@/lib/api/registration';
import { asSentence, capital } from '@/lib/plane/model/text';
import { problemsOfStatus } from '@/lib/plane/registration/api-problems';
import { asProblemError, type FieldProblem, ProblemError } from '@/lib/server/http/problem';
import type { KubeError } from '@/lib/server/kube/kube-error';
import { creationText, type LiveObject } from '@/lib/server/kube/live-object';
import type { PlannedObject, RegistrationPlan } from './registration-plan';

/** Why one object of a registration can't be written. */
export interface ObjectProblem {
  readonly code: ProblemCode;
  /** Sentences for people. */
  readonly detail: string;
  /** The fields of the draft that it affects. */
  readonly errors: readonly FieldProblem[];
}

/**
 * Returns the problem of an object that exists and doesn't belong to this registration.
 *
 * @param live null: the caller can't see it
 */
export function alreadyExists(planned: PlannedObject, live: LiveObject | null): ObjectProblem {
  const what = capital(planned.description);
  const gone = live?.metadata.deletionTimestamp
    ? " It's being deleted. The name is free once the deletion finishes."
    : planned.type === 'secret'
      ? " It wasn't changed. Use it as an existing Secret, or choose another name."
      : ' Choose another name.';
  const detail =
    live === null
      ? `${what} already exists. You can't see who created it.${gone}`
      : `${what} already exists (${creationText(live)}).${gone}`;
  return {
    code: 'already-exists',
    detail,
    errors: namePaths(planned).map((path) => ({ path, message: detail })),
  };
}

/**
 * Returns the problem of an object that appeared since the dry run, when nothing tells whether this registration
 * created it.
 *
 * @param live null: the caller can't see it
 */
export function mayBeOwn(planned: PlannedObject, live: LiveObject | null): ObjectProblem {
  const created = live === null ? '' : ` (${creationText(live)})`;
  const instead = planned.type === 'secret' ? 'use it as an existing Secret' : 'choose another name';
  const detail =
    `${capital(planned.description)} already exists${created}. Planeboard can't tell whether this registration ` +
    `created it. Check it. Then delete it and retry, or ${instead}.`;
  return {
    code: 'already-exists',
    detail,
    errors: namePaths(planned).map((path) => ({ path, message: detail })),
  };
}

/**
 * Returns the problem of an object that this registration has already written, and that has other values. Why is not
 * known: admission may have changed what an earlier attempt sent.
 */
export function writtenDifferently(planned: PlannedObject, live: LiveObject): ObjectProblem {
  const detail =
    `This registration already created ${planned.description}, with other values (${creationText(live)}). ` +
    "Either an earlier attempt sent these values, or admission changed them. It wasn't changed again. " +
    'Edit the registered plane, or start a new registration.';
  return { code: 'conflict', detail, errors: [] };
}

/** Returns the problem of an object whose creation the API server rejected. */
export function rejectedCreate(
  planned: PlannedObject,
  failure: KubeError,
  plan: RegistrationPlan,
): ObjectProblem {
  const { code } = asProblemError(failure);
  const message = asSentence(capital(plan.hideSecrets(withoutResource(failure.message))));
  const missingNamespace = namespaceProblem(planned, failure);
  if (missingNamespace !== null) {
    const errors = namespacePaths(planned).map((path) => ({ path, message: missingNamespace }));
    return { code: 'invalid-field', detail: missingNamespace, errors };
  }
  // The API server names verb, resource and namespace; a policy gives its own reason.
  if (failure.code === 'forbidden') {
    const detail = `You can't create ${planned.description}. ${message}`;
    return { code, detail, errors: credentialPaths(planned).map((path) => ({ path, message: detail })) };
  }
  if (failure.code !== 'invalid')
    return { code, detail: `Creating ${planned.description} failed. ${message}`, errors: [] };
  const { namespace = '', name } = planned.reference;
  const secret = planned.type === 'secret' ? { namespace, name } : undefined;
  const found = problemsOfStatus(failure.statusObject, plan.draft, plan.kind, secret);
  const shown = found.map(({ path, message }) => ({ path, message: plan.hideSecrets(message) }));
  const errors = shown.length > 0 ? shown : [{ path: [], message }];
  return {
    code,
    detail: `The API server rejects ${planned.description}. ${errors.map(({ message }) => message).join(' ')}`,
    errors,
  };
}

/** Combines the problems of several objects: all sentences, and the code of the most severe problem. */
export function combineProblems(problems: readonly ObjectProblem[]): ObjectProblem {
  const gravest = GRAVITY.map((code) => problems.find((problem) => problem.code === code)).find(Boolean);
  return {
    code: (gravest ?? problems[0])?.code ?? 'internal',
    detail: [...new Set(problems.map(({ detail }) => detail))].join(' '),
    errors: problems.flatMap(({ errors }) => errors),
  };
}

/** @param registration what a registration that failed while writing left behind */
export function objectProblemError(
  { code, detail, errors }: ObjectProblem,
  registration?: RegistrationRemains,
): ProblemError {
  return new ProblemError(code, detail, {
    ...(errors.length > 0 ? { errors } : {}),
    ...(registration ? { registration } : {}),
  });
}

const GRAVITY: readonly ProblemCode[] = [
  'unauthenticated',
  'forbidden',
  'not-installed',
  'conflict',
  'already-exists',
  'invalid-field',
];

function namePaths(planned: PlannedObject): (readonly string[])[] {
  if (planned.type === 'plane') return [['name']];
  return planned.credentials.map(({ slotId }) => ['credentials', slotId, 'name']);
}

/** The credentials meant for a Secret; each can be stored elsewhere. */
function credentialPaths(planned: PlannedObject): (readonly string[])[] {
  if (planned.type === 'plane') return [];
  return planned.credentials.map(({ slotId }) => ['credentials', slotId]);
}

function namespacePaths(planned: PlannedObject): (readonly string[])[] {
  if (planned.type === 'plane') return [['namespace']];
  return planned.credentials.map(({ slotId }) => ['credentials', slotId, 'namespace']);
}

/**
 * Returns a sentence about a namespace that is missing (404) or being deleted (403 with a cause of its own); null for
 * any other failure.
 */
function namespaceProblem({ reference }: PlannedObject, { code, statusObject }: KubeError): string | null {
  const { namespace } = reference;
  if (namespace === undefined) return null;
  const { details } = statusObject ?? {};
  if (code === 'not-found' && details?.kind === 'namespaces')
    return `The namespace ${namespace} doesn't exist.`;
  const terminating = details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating');
  return terminating ? `The namespace ${namespace} is being deleted. Choose another.` : null;
}

/** In `secrets is forbidden: User "u" cannot ...` the part before the colon adds nothing. */
function withoutResource(message: string): string {
  return message.replace(/^[a-z.]+ (?:"[^"]*" )?is forbidden: /, '');
}
