import 'server-only';
import type { newWallTokenSchema, WallLimits, WallTokens, wallTokenAnswerSchema } from '@/lib/api/wall';
import { MANAGED_BY, MANAGED_BY_LABEL } from '@/lib/plane/model/annotations';
import { PLANE_GROUP, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { DAY_MS } from '@/lib/plane/time/duration';
import { wallLimitProblems } from '@/lib/plane/wall/wall-form';
import { getConfig } from '@/lib/server/config/config';
import { ProblemError } from '@/lib/server/http/problem';
import { auditedWrite } from '@/lib/server/kube/audited-write';
import { asKubeError, isOutcomeUnknown } from '@/lib/server/kube/kube-error';
import { createObject, patchObject, readObject } from '@/lib/server/kube/object-requests';
import { requireChange } from '@/lib/server/kube/write-proof';
import { auditEvent } from '@/lib/server/log/audited-event';
import { type AccessQuestion, missingRight, reviewAccess } from '@/lib/server/rights/access-reviews';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { z } from '@/lib/zod';
import { type StoredToken, storedText } from './stored-link';
import {
  linkStateOf,
  newToken,
  parseTokenConfigMap,
  type TokenConfigMap,
  WALL_CONFIG_MAP,
  wallConfigMap,
} from './wall-token';
import { isWithinLimits } from './wall-view';

/** A ConfigMap holds a megabyte, and no installation has that many screens. */
const MAX_TOKENS = 100;
/** Tokens are rarely created, so even the second attempt is rare. */
const ATTEMPTS = 5;

/**
 * Returns the walls' tokens as the caller may read them, newest first, and whether the caller may create and revoke
 * tokens.
 */
export async function listWallTokens(caller: Caller): Promise<WallTokens> {
  const { wall: mode, wallLinks } = getConfig();
  const lifeDays = wallLinks.lifeMs / DAY_MS;
  try {
    const stored = await readTokens(caller);
    const { clock, wall } = getRuntime();
    const nowMs = clock.nowMs();
    return {
      mode,
      lifeDays,
      state: 'listed',
      ...(await changeRight(caller, stored !== null)),
      tokens: [...(stored?.tokens ?? [])]
        .map(([id, token]) => {
          const { title, limits, createdAt, createdBy, endsAt } = token;
          const state = linkStateOf(token, nowMs);
          const seenAt = wall.sightings.seenAt(id);
          return { id, title, limits, createdAt, createdBy, endsAt, seenAt, state };
        })
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
    };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code !== 'forbidden') throw failure;
    const right = missingRight(questionOf('get'));
    return { mode, lifeDays, state: 'not-visible', mayChange: false, missingRight: right, tokens: [] };
  }
}

/**
 * Creates a token as the caller. Only this answer contains it; what is stored is its hash.
 *
 * @throws ProblemError `bad-request` when walls need no token, `invalid-field`; KubeError, such as `forbidden`
 */
export async function createWallToken(
  caller: Caller,
  { title, limits }: z.infer<typeof newWallTokenSchema>,
): Promise<z.infer<typeof wallTokenAnswerSchema>> {
  if (getConfig().wall !== 'token')
    throw new ProblemError('bad-request', 'Wall links are only used with PLANEBOARD_WALL=token.');
  const errors = wallLimitProblems(limits);
  if (errors.length > 0)
    throw new ProblemError('invalid-field', errors.map(({ message }) => message).join(' '), { errors });
  await requireListRights(caller, limits);
  const { id, token, sha256 } = newToken();
  const { wallLinks } = getConfig();
  const nowMs = getRuntime().clock.nowMs();
  const createdAt = new Date(nowMs).toISOString();
  const endsAt = new Date(nowMs + wallLinks.lifeMs).toISOString();
  const stored = { sha256, title, limits, createdAt, createdBy: caller.user, endsAt };
  const text = await storedText(id, stored, wallLinks);
  await editTokens(caller, `data.${id}`, (tokens) => {
    if (tokens.size >= MAX_TOKENS)
      throw new ProblemError('bad-request', `${tokens.size} wall links already exist. Revoke some first.`);
    return { [id]: text };
  });
  auditEvent(caller, { event: 'wall-link-created', link: id, title, limits, endsAt });
  await getRuntime().wall.tokensChanged();
  return { id, token, endsAt };
}

/**
 * Checks that the caller may list every plane that a link would show: a screen shows them to everyone in front of it.
 * Kinds that aren't served count too: the link would show them once they are, and a server that was just started knows
 * none yet.
 *
 * @throws ProblemError `forbidden`, `api-server-unreachable`
 */
async function requireListRights(caller: Caller, limits: WallLimits): Promise<void> {
  if (caller.isOwnAccount) return;
  const { namespaces: shown } = getRuntime();
  // A link without limits shows no more namespaces than Planeboard does.
  const namespaces = limits.namespaces.length > 0 ? limits.namespaces : shown;
  const admitsKind = isWithinLimits({ ...limits, namespaces: [] });
  for (const entry of PLANE_KINDS) {
    if (!admitsKind({ kind: entry.kind })) continue;
    const inNamespaces = entry.scope === 'Namespaced' && namespaces.length > 0;
    // A link that is limited to namespaces shows no planes of the cluster.
    if (entry.scope === 'Cluster' && limits.namespaces.length > 0) continue;
    for (const namespace of inNamespaces ? namespaces : [undefined]) {
      const question = { verb: 'list', group: PLANE_GROUP, resource: entry.plural, namespace } as const;
      const { state } = await reviewAccess(caller, question);
      if (state === 'unknown')
        throw new ProblemError('api-server-unreachable', "Your permissions couldn't be checked. Try again.");
      if (state === 'denied')
        throw new ProblemError(
          'forbidden',
          `This link would show planes that you can't list. ${missingRight(question)}`,
        );
    }
  }
}

/**
 * Revokes a token as the caller. Screens that use it go blank with a message at once, or within 10 s if another
 * replica serves them.
 *
 * @throws ProblemError `not-found`; KubeError
 */
export async function revokeWallToken(caller: Caller, id: string): Promise<void> {
  await editTokens(caller, `data.${id}`, (tokens) => {
    if (!tokens.has(id))
      throw new ProblemError('not-found', "This wall link doesn't exist. It may already be revoked.");
    return { [id]: null };
  });
  auditEvent(caller, { event: 'wall-link-revoked', link: id });
  await getRuntime().wall.tokensChanged();
}

async function changeRight(
  caller: Caller,
  exists: boolean,
): Promise<Pick<WallTokens, 'mayChange' | 'missingRight'>> {
  const { readOnly, wall } = getConfig();
  if (readOnly || wall !== 'token') return { mayChange: false, missingRight: null };
  // A change with an unknown right may be tried: the API server decides.
  const question = questionOf(exists ? 'patch' : 'create');
  const { state } = await reviewAccess(caller, question);
  return state === 'denied'
    ? { mayChange: false, missingRight: missingRight(question) }
    : { mayChange: true, missingRight: null };
}

/** For rights, an object to be created has no name yet. */
function questionOf(verb: AccessQuestion['verb']): AccessQuestion {
  const { controlPlaneNamespace: namespace } = getConfig();
  const question = { verb, group: '', resource: 'configmaps', namespace };
  return verb === 'create' ? question : { ...question, name: WALL_CONFIG_MAP };
}

/**
 * Reads the ConfigMap as the caller; null when it doesn't exist.
 *
 * @throws KubeError
 */
async function readTokens(caller: Caller): Promise<TokenConfigMap | null> {
  const { controlPlaneNamespace, wallLinks } = getConfig();
  const body = await readObject(caller.client, wallConfigMap(controlPlaneNamespace).path);
  return body === null ? null : parseTokenConfigMap(body, controlPlaneNamespace, wallLinks);
}

/** The keys of the ConfigMap's data to set; null to remove. */
type TokenData = Readonly<Record<string, string | null>>;

/**
 * Changes the ConfigMap as the caller, at the version that was read. After a conflict it reads again and repeats the
 * edit. Logs intent and outcome of each attempt.
 *
 * @param changed the changed field, for the audit
 * @param edit returns the keys of the data to set, null to remove; it may throw to give up
 * @throws KubeError, `conflict` after five attempts; anything that `edit` throws
 */
async function editTokens(
  caller: Caller,
  changed: string,
  edit: (tokens: ReadonlyMap<string, StoredToken>) => TokenData,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const live = await readTokens(caller);
    const data = edit(live?.tokens ?? new Map());
    try {
      await writeTokens(caller, changed, live, data);
      return;
    } catch (error) {
      const failure = asKubeError(error);
      if (isOutcomeUnknown(failure) && (await isStored(caller, data))) return;
      const mayRetry = failure.code === 'conflict' || failure.code === 'already-exists';
      // Deleted since it was read. A missing namespace is no reason to retry.
      const isGone = failure.code === 'not-found' && live !== null;
      if (!(mayRetry || isGone) || attempt === ATTEMPTS) throw failure;
    }
  }
}

/** Looks up whether a change was stored although its answer doesn't prove it. Ids of tokens are never used again. */
async function isStored(caller: Caller, data: TokenData): Promise<boolean> {
  try {
    const tokens = (await readTokens(caller))?.tokens ?? new Map();
    return Object.entries(data).every(([id, text]) => tokens.has(id) === (text !== null));
  } catch {
    return false;
  }
}

async function writeTokens(
  caller: Caller,
  changed: string,
  live: TokenConfigMap | null,
  data: TokenData,
): Promise<void> {
  const { client } = caller;
  const { controlPlaneNamespace: namespace } = getConfig();
  const object = { kind: 'ConfigMap', namespace, name: WALL_CONFIG_MAP };
  const change = { verb: live ? 'patch' : 'create', object, changed: [changed] } as const;
  await auditedWrite(caller, change, async (audited) => {
    if (live) {
      const { uid, resourceVersion } = live;
      const patch = { metadata: { resourceVersion }, data };
      await patchObject(client, { ...wallConfigMap(namespace), uid }, patch, audited);
      return;
    }
    const labels = { [MANAGED_BY_LABEL]: MANAGED_BY };
    const metadata = { namespace, name: WALL_CONFIG_MAP, labels };
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
    const collection = `/api/v1/namespaces/${namespace}/configmaps`;
    requireChange((await createObject(client, collection, manifest, audited)).object, { data });
  });
}
