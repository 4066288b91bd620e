import 'server-only';
import type { ProblemCode } from '@/lib/api/problem';
import { problemsOfStatus } from '@/lib/plane/registration/api-problems';
import { asProblemError, type FieldProblem } from '@/lib/server/http/problem';
import type { Plan, PlannedObject } from '@/lib/server/registration/planned-object';
import type { KubeError } from './kube-error';
import { type LiveObject, madeBy } from './live-object';

/** Why one object of a registration cannot be written. */
export interface ObjectProblem {
  readonly code: ProblemCode;
  /** Sentences for people. */
  readonly detail: string;
  /** The fields of the draft that it is about. */
  readonly errors: readonly FieldProblem[];
}

/** The object is there already, and is none of this registration's. */
export function takenBy(planned: PlannedObject, live: LiveObject | null): ObjectProblem {
  const what = capital(planned.words);
  const gone = live?.metadata.deletionTimestamp
    ? ' It is being deleted: once it is gone, the name is free.'
    : planned.type === 'secret'
      ? ' Nothing of it was changed. Use it as an existing Secret, or choose another name.'
      : '';
  const detail =
    live === null
      ? `${what} exists already, and who made it is not visible to you.${gone}`
      : `${what} exists already, ${madeBy(live)}.${gone}`;
  return {
    code: 'already-exists',
    detail,
    errors: namePaths(planned).map((path) => ({ path, message: detail })),
  };
}

/** This very registration wrote the object before, with other values than it has now. */
export function writtenOtherwise(planned: PlannedObject, live: LiveObject): ObjectProblem {
  const detail =
    `This registration has been written before: ${planned.words} was ${madeBy(live)}, with other values than these. ` +
    'Nothing of it was changed. To change a plane that is registered, edit it; to register another one, start a new registration.';
  return { code: 'conflict', detail, errors: [] };
}

/** The API server refuses to create the object. */
export function refusedBy(planned: PlannedObject, failure: KubeError, plan: Plan): ObjectProblem {
  const { code } = asProblemError(failure);
  const what = capital(planned.words);
  const said = plan.publicText(sentence(withoutResource(failure.message)));
  const missingNamespace = namespaceProblem(planned, failure);
  if (missingNamespace !== null) {
    const errors = namespacePaths(planned).map((path) => ({ path, message: missingNamespace }));
    return { code: 'invalid-field', detail: missingNamespace, errors };
  }
  // The API server names verb, resource and namespace itself; a policy gives its own reason.
  if (failure.code === 'forbidden') {
    const detail = `${what} may not be created. ${said}`;
    return { code, detail, errors: credentialPaths(planned).map((path) => ({ path, message: detail })) };
  }
  if (failure.code !== 'invalid') return { code, detail: `${what} cannot be created. ${said}`, errors: [] };
  const { namespace = '', name } = planned.reference;
  const secret = planned.type === 'secret' ? { namespace, name } : undefined;
  const found = problemsOfStatus(failure.statusObject, plan.draft, plan.kind, secret);
  const told = found.map(({ path, message }) => ({ path, message: plan.publicText(message) }));
  const errors = told.length > 0 ? told : [{ path: [], message: said }];
  return {
    code,
    detail: `${what} is not accepted. ${errors.map(({ message }) => message).join(' ')}`,
    errors,
  };
}

/** One answer out of the problems of several objects: their sentences together, and the code of the gravest. */
export function combined(problems: readonly ObjectProblem[]): ObjectProblem {
  const gravest = GRAVITY.map((code) => problems.find((problem) => problem.code === code)).find(Boolean);
  return {
    code: (gravest ?? problems[0])?.code ?? 'internal',
    detail: [...new Set(problems.map(({ detail }) => detail))].join(' '),
    errors: problems.flatMap(({ errors }) => errors),
  };
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

/** The credentials that were to stand in a Secret: each can be kept elsewhere. */
function credentialPaths(planned: PlannedObject): (readonly string[])[] {
  if (planned.type === 'plane') return [];
  return planned.credentials.map(({ slotId }) => ['credentials', slotId]);
}

function namespacePaths(planned: PlannedObject): (readonly string[])[] {
  if (planned.type === 'plane') return [['namespace']];
  return planned.credentials.map(({ slotId }) => ['credentials', slotId, 'namespace']);
}

/** A namespace that is missing (404) or being deleted (403 with a cause of its own); null for any other failure. */
function namespaceProblem({ reference }: PlannedObject, { code, statusObject }: KubeError): string | null {
  const { namespace } = reference;
  if (namespace === undefined) return null;
  const { details } = statusObject ?? {};
  if (code === 'not-found' && details?.kind === 'namespaces') return `There is no namespace ${namespace}.`;
  const terminating = details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating');
  return terminating ? `The namespace ${namespace} is being deleted: nothing can be created in it.` : null;
}

/** `secrets is forbidden: User "u" cannot ...` says before the colon only what was said already. */
function withoutResource(message: string): string {
  return message.replace(/^[a-z.]+ (?:"[^"]*" )?is forbidden: /, '');
}

/** A text of the API server as a sentence of its own. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? capital(trimmed) : `${capital(trimmed)}.`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
