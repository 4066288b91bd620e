import 'server-only';
import type { newWallTokenSchema, WallTokens, wallTokenAnswerSchema } from '@/lib/api/wall';
import { PLANE_KINDS, ROLES } from '@/lib/plane/model/kinds';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { type FieldProblem, ProblemError } from '@/lib/server/http/problem';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { getConfig } from '@/lib/server/process/config';
import { type AccessQuestion, missingRight, reviewAccess } from '@/lib/server/rights/access-reviews';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { z } from '@/lib/zod';
import { newToken, type StoredToken, WALL_CONFIG_MAP } from './wall-token';
import { editTokens, readTokens } from './wall-token-store';

/** A ConfigMap holds a megabyte; nobody has that many screens. */
const MAX_TOKENS = 100;
const MAX_NAMESPACES = 100;

/** The walls' tokens as the caller may read them, newest first, and whether they may make and revoke some. */
export async function listWallTokens(caller: Caller): Promise<WallTokens> {
  const { wall: mode } = getConfig();
  try {
    const stored = await readTokens(caller);
    return {
      mode,
      state: 'listed',
      ...(await changeRight(caller, stored !== null)),
      tokens: [...(stored?.tokens ?? [])]
        .map(([id, { title, limits, createdAt, createdBy }]) => ({ id, title, limits, createdAt, createdBy }))
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
    };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code !== 'forbidden') throw failure;
    const right = missingRight(questionOf('get'));
    return { mode, state: 'not-visible', mayChange: false, missingRight: right, tokens: [] };
  }
}

/**
 * Makes a token as the caller. It is told once, here; only its hash is kept.
 *
 * @throws ProblemError `bad-request` where walls need no token, `invalid-field`; KubeError, such as `forbidden`
 */
export async function createWallToken(
  caller: Caller,
  { title, limits }: z.infer<typeof newWallTokenSchema>,
): Promise<z.infer<typeof wallTokenAnswerSchema>> {
  if (getConfig().wall !== 'token')
    throw new ProblemError(
      'bad-request',
      'Walls are let in without a link here, or not at all (PLANEBOARD_WALL).',
    );
  const errors = limitProblems(limits);
  if (errors.length > 0)
    throw new ProblemError('invalid-field', errors.map(({ message }) => message).join(' '), { errors });
  const { id, token, sha256 } = newToken();
  const createdAt = new Date(getRuntime().clock.nowMs()).toISOString();
  const stored: StoredToken = { sha256, title, limits, createdAt, createdBy: caller.user };
  await editTokens(caller, `data.${id}`, (tokens) => {
    if (tokens.size >= MAX_TOKENS)
      throw new ProblemError(
        'bad-request',
        `There are ${tokens.size} links to walls already: revoke some first.`,
      );
    return { [id]: JSON.stringify(stored) };
  });
  await getRuntime().wall.tokensChanged();
  return { id, token };
}

/**
 * Revokes a token as the caller: screens that show it go blind with a word at once, or within 10 s where another
 * replica serves them.
 *
 * @throws ProblemError `not-found`; KubeError
 */
export async function revokeWallToken(caller: Caller, id: string): Promise<void> {
  await editTokens(caller, `data.${id}`, (tokens) => {
    if (!tokens.has(id))
      throw new ProblemError('not-found', 'There is no such link to a wall: it may be revoked already.');
    return { [id]: null };
  });
  await getRuntime().wall.tokensChanged();
}

async function changeRight(
  caller: Caller,
  exists: boolean,
): Promise<Pick<WallTokens, 'mayChange' | 'missingRight'>> {
  const { readOnly, wall } = getConfig();
  if (readOnly || wall !== 'token') return { mayChange: false, missingRight: null };
  // What could not be asked may be tried: the API server has the last word.
  const question = questionOf(exists ? 'patch' : 'create');
  const { state } = await reviewAccess(caller, question);
  return state === 'denied'
    ? { mayChange: false, missingRight: missingRight(question) }
    : { mayChange: true, missingRight: null };
}

/** What is created has no name yet, as far as rights are concerned. */
function questionOf(verb: AccessQuestion['verb']): AccessQuestion {
  const { controlPlaneNamespace: namespace } = getConfig();
  const question = { verb, group: '', resource: 'configmaps', namespace };
  return verb === 'create' ? question : { ...question, name: WALL_CONFIG_MAP };
}

/** A limit that names nothing would make a wall that never shows anything. */
function limitProblems({ kinds, roles, namespaces }: StoredToken['limits']): FieldProblem[] {
  const knownKinds: ReadonlySet<string> = new Set(PLANE_KINDS.map(({ kind }) => kind));
  const knownRoles: ReadonlySet<string> = new Set(ROLES);
  const at = (list: string, index: number, message: string) => ({ path: ['limits', list, index], message });
  return [
    ...kinds.flatMap((kind, index) =>
      knownKinds.has(kind) ? [] : [at('kinds', index, 'This is no plane kind.')],
    ),
    ...roles.flatMap((role, index) =>
      knownRoles.has(role) ? [] : [at('roles', index, 'This is no role of planes.')],
    ),
    ...namespaces.flatMap((namespace, index) =>
      isKubernetesName(namespace) ? [] : [at('namespaces', index, 'No namespace can have this name.')],
    ),
    ...(namespaces.length > MAX_NAMESPACES
      ? [
          {
            path: ['limits', 'namespaces'],
            message: `A wall can be limited to ${MAX_NAMESPACES} namespaces.`,
          },
        ]
      : []),
  ].slice(0, 50);
}
