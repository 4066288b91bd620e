import 'server-only';
import type { LeftoverSecret, leftoverDeletionSchema } from '@/lib/api/leftovers';
import {
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PLANE_ANNOTATION,
  REGISTERED_BY_ANNOTATION,
} from '@/lib/plane/model/annotations';
import {
  isKubernetesName,
  type PlaneIdentity,
  parsePlaneSegments,
  planeKey,
} from '@/lib/plane/model/plane-path';
import { MAX_WORD_LENGTH, shownText } from '@/lib/plane/model/shown-text';
import { asSentence, capital } from '@/lib/plane/model/text';
import { parseTimeMs } from '@/lib/plane/time/age';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import { getConfig } from '@/lib/server/config/config';
import { planeUsing } from '@/lib/server/credentials/secret-users';
import { ProblemError } from '@/lib/server/http/problem';
import { allSecretsPath, objectPath, planesPath, secretsPath } from '@/lib/server/kube/api-paths';
import type { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { deleteAudited } from '@/lib/server/kube/delete-audited';
import { asKubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { type ListedObject, listMetadata, readMetadata } from '@/lib/server/kube/object-metadata';
import { describeSecret, secretObject } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { z } from '@/lib/zod';

const OWN = { labelSelector: `${MANAGED_BY_LABEL}=${MANAGED_BY}` };
/** Younger Secrets may belong to a registration that is still being written. No registration takes longer. */
const IN_PROGRESS_MS = 30 * SECOND_MS;
/** Further Secrets are shown once these are gone. */
const MAX_SHOWN = 20;
/** Namespaces searched for a caller who may not list the Secrets of all. */
const MAX_NAMESPACES = 60;

/**
 * Returns the Secrets that Planeboard created for planes that don't exist: of a registration that was interrupted, or
 * of a plane that was deleted without them. Only metadata is read. A plane counts as missing only if the API server
 * says so to the caller, and a Secret that a plane refers to is no leftover.
 *
 * An empty answer doesn't mean that none exist: the caller may not see all Secrets.
 *
 * @throws KubeError when the API server can't be reached
 */
export async function leftoverSecrets(caller: Caller): Promise<LeftoverSecret[]> {
  const { engine, secretReferences, clock } = getRuntime();
  const view = await viewOf(caller);
  const planes = [...engine.planes()].filter((plane) => view.sees(plane));
  const existing = new Set(planes.map(planeKey));
  const candidates = (await ownSecrets(caller, planes)).flatMap((secret) => {
    const plane = planeOf(secret.annotations);
    const isCandidate =
      plane !== null &&
      !secret.deleting &&
      !existing.has(planeKey(plane)) &&
      !mayBeInProgress(secret, clock) &&
      secretReferences.planesReferencing(`${secret.namespace}/${secret.name}`, planes).length === 0;
    return isCandidate ? [{ secret, plane }] : [];
  });
  candidates.sort((a, b) => b.secret.createdAt.localeCompare(a.secret.createdAt));
  const found = await Promise.all(
    candidates.slice(0, MAX_SHOWN).map(async ({ secret, plane }) => {
      const isMissing = await isPlaneMissing(caller, plane).catch(() => false);
      return isMissing ? [leftoverOf(secret, plane)] : [];
    }),
  );
  return found.flat();
}

/**
 * Deletes one leftover Secret as the caller, after looking again: it must be the one the caller saw, created by
 * Planeboard for a plane that doesn't exist, and no plane may refer to it.
 *
 * @throws ProblemError `bad-request`, `not-found`, `conflict`; KubeError, also `forbidden` when the caller can't see
 * all planes
 */
export async function deleteLeftover(
  caller: Caller,
  { namespace, name, uid }: z.infer<typeof leftoverDeletionSchema>,
): Promise<void> {
  if (!isKubernetesName(namespace) || !isKubernetesName(name))
    throw new ProblemError('bad-request', 'Invalid Secret name.');
  const place = { ...secretObject({ namespace, name }), uid };
  const what = capital(describeSecret(place));
  const secret = await readMetadata(caller.client, place);
  if (!secret || secret.uid !== uid)
    throw new ProblemError('not-found', `${what} doesn't exist any more. Nothing was deleted.`);
  const plane = secret.labels[MANAGED_BY_LABEL] === MANAGED_BY ? planeOf(secret.annotations) : null;
  if (!plane) throw keptBecause(what, "Planeboard didn't create it for a plane");
  if (!(await isPlaneMissing(caller, plane))) throw keptBecause(what, `${planeKey(plane)} exists`);
  if (mayBeInProgress(secret, getRuntime().clock))
    throw keptBecause(what, 'the registration that created it may still be in progress');
  const user = await planeUsing(caller, { namespace, name }, null);
  if (user !== null) throw keptBecause(what, `${user} uses it`);
  const object = { kind: 'Secret', namespace, name };
  await deleteAudited(caller, { object }, place);
}

function keptBecause(what: string, why: string): ProblemError {
  return new ProblemError('conflict', asSentence(`${what} wasn't deleted, because ${why}`));
}

type OwnSecret = ListedObject & { readonly namespace: string };

/** Secrets of all namespaces that Planeboard shows, or of those of them that the caller may list. */
async function ownSecrets(
  caller: Caller,
  planes: readonly { readonly namespace?: string | undefined }[],
): Promise<OwnSecret[]> {
  const shown = getRuntime().namespaces;
  const all = shown.length === 0 ? await listIfAllowed(caller, allSecretsPath()) : null;
  if (all) return all;
  const namespaces = new Set([
    getConfig().controlPlaneNamespace,
    ...shown,
    ...planes.flatMap(({ namespace }) => namespace ?? []),
  ]);
  const lists = await Promise.all(
    [...namespaces]
      .slice(0, MAX_NAMESPACES)
      .map((namespace) => listIfAllowed(caller, secretsPath(namespace))),
  );
  return lists.flatMap((list) => list ?? []);
}

/** Null: the caller may not list there, or the namespace doesn't exist. */
async function listIfAllowed(caller: Caller, path: string): Promise<OwnSecret[] | null> {
  try {
    const listed = await listMetadata(caller.client, path, OWN);
    return listed.flatMap((secret) =>
      secret.namespace === undefined ? [] : [{ ...secret, namespace: secret.namespace }],
    );
  } catch (error) {
    const failure = asKubeError(error);
    const NO_LIST: readonly KubeErrorCode[] = ['forbidden', 'not-found'];
    if (NO_LIST.includes(failure.code)) return null;
    throw failure;
  }
}

/** The annotation can be edited by anyone, so it may name anything. */
function planeOf(annotations: Readonly<Record<string, string>>): PlaneIdentity | null {
  return parsePlaneSegments((annotations[PLANE_ANNOTATION] ?? '').split('/')) ?? null;
}

/** @throws KubeError, such as `forbidden`: then it isn't known */
async function isPlaneMissing(caller: Caller, plane: PlaneIdentity): Promise<boolean> {
  const { namespace, name } = plane;
  const path = objectPath(planesPath(plane), name);
  return (await readMetadata(caller.client, { path, namespace, name })) === null;
}

function mayBeInProgress({ createdAt }: Pick<ListedObject, 'createdAt'>, clock: ApiServerClock): boolean {
  const createdMs = parseTimeMs(createdAt);
  return createdMs !== null && clock.nowMs() - clock.onClockInUse(createdMs) < paced(IN_PROGRESS_MS);
}

function leftoverOf(
  { namespace, name, uid, createdAt, annotations }: OwnSecret,
  plane: PlaneIdentity,
): LeftoverSecret {
  // The annotation can be edited by anyone, so it may be long and hold anything.
  const createdBy = shownText(annotations[REGISTERED_BY_ANNOTATION], MAX_WORD_LENGTH);
  return {
    namespace,
    name,
    uid,
    createdAt,
    ...(createdBy === undefined ? {} : { createdBy }),
    plane: {
      plural: plane.plural,
      ...(plane.namespace === undefined ? {} : { namespace: plane.namespace }),
      name: plane.name,
    },
  };
}
