import 'server-only';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { redactObject } from '@/lib/plane/model/redact';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { servedKind } from '@/lib/server/catalog/get-catalog';
import { ProblemError } from '@/lib/server/http/problem';
import { objectPath, planesPath } from '@/lib/server/kube/api-paths';
import { KubeError } from '@/lib/server/kube/kube-error';
import type { Caller } from '@/lib/server/rights/caller';
import { visiblePlanes } from '@/lib/server/rights/visible-planes';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 5000;

const metadataSchema = z.object({
  uid: z.string(),
  resourceVersion: z.string(),
  deletionTimestamp: z.string().optional(),
});

/** A plane as the API server has it, secrets included: it must not leave the functions that change it. */
export interface LivePlane {
  readonly identity: PlaneIdentity;
  readonly kind: InstalledKind;
  /** Of this object in the API. */
  readonly path: string;
  readonly raw: JsonObject;
  readonly redacted: JsonObject;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly deleting: boolean;
}

/**
 * Reads a plane as the caller.
 *
 * @param identity checked by `parsePlaneSegments`: its parts become an API path
 * @throws ProblemError `not-found`, `not-installed`; KubeError
 */
export async function readLivePlane(caller: Caller, identity: PlaneIdentity): Promise<LivePlane> {
  const entry = kindOfPlural(identity.plural);
  if (!entry) throw new ProblemError('not-found', 'This path names no plane.');
  const path = objectPath(planesPath(identity), identity.name);
  const { body } = await caller.client.request({ path, timeoutMs: READ_TIMEOUT_MS });
  const live = livePlaneOf(identity, servedKind(entry.plural), body);
  const visibility = await visiblePlanes(caller);
  const { plural, namespace } = identity;
  if (!visibility.sees({ uid: live.uid, plural, namespace })) throw new ProblemError('not-found');
  return live;
}

/** The plane that an answer of the API server holds. Throws a KubeError `bad-answer` for what is no object. */
export function livePlaneOf(identity: PlaneIdentity, kind: InstalledKind, body: unknown): LivePlane {
  const metadata = isJsonObject(body) ? metadataSchema.safeParse(body.metadata).data : undefined;
  if (!isJsonObject(body) || !metadata)
    throw new KubeError('bad-answer', 'The API server sent something that is no object.');
  return {
    identity,
    kind,
    path: objectPath(planesPath(identity), identity.name),
    raw: body,
    // A redacted copy of JSON is JSON.
    redacted: redactObject(body).object as JsonObject,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    deleting: metadata.deletionTimestamp !== undefined,
  };
}

/** The spec of a plane, as it is stored or as it is shown; empty where it has none. */
export function specOfObject(object: JsonObject): JsonObject {
  return isJsonObject(object.spec) ? object.spec : {};
}

/** "the data plane prod in the namespace acme", for sentences. */
export function planeWords({ kind, identity }: Pick<LivePlane, 'kind' | 'identity'>): string {
  const where = identity.namespace === undefined ? '' : ` in the namespace ${identity.namespace}`;
  return `the ${kind.entry.words.toLowerCase()} ${identity.name}${where}`;
}

/** The plane as it is named in audit lines and answers. */
export function planeReference({ kind, identity }: Pick<LivePlane, 'kind' | 'identity'>) {
  const { namespace, name } = identity;
  return { kind: kind.entry.kind, ...(namespace === undefined ? {} : { namespace }), name };
}
