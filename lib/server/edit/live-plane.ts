import 'server-only';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { redactObject } from '@/lib/plane/masking/redact';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { kindOfPlural, PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import type { Plane } from '@/lib/plane/model/plane';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { describeObject } from '@/lib/plane/model/text';
import { type InstalledKind, kindFeatures } from '@/lib/plane/schema/installed-kind';
import { installedKind, requestServed } from '@/lib/server/catalog/served-kinds';
import { requireShown } from '@/lib/server/fleet/require-shown';
import { ProblemError } from '@/lib/server/http/problem';
import { objectPath, planesPath } from '@/lib/server/kube/api-paths';
import { KubeError } from '@/lib/server/kube/kube-error';
import type { ObjectPlace } from '@/lib/server/kube/object-requests';
import { requestedObject } from '@/lib/server/kube/requested-object';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 5000;

const metadataSchema = z.object({
  uid: z.string(),
  resourceVersion: z.string(),
  deletionTimestamp: z.string().optional(),
});

const annotationsSchema = z.object({ annotations: z.record(z.string(), z.string()).optional() });

/** A plane as the API server has it, secrets included. It must not leave the functions that change it. */
export interface LivePlane {
  readonly identity: PlaneIdentity;
  readonly kind: InstalledKind;
  /** The API path of the object. */
  readonly path: string;
  readonly raw: JsonObject;
  /** Empty when it has none. */
  readonly spec: JsonObject;
  readonly redacted: JsonObject;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly deleting: boolean;
}

type PlaneName = Pick<LivePlane, 'kind' | 'identity'>;

/**
 * Reads a plane as the caller.
 *
 * @param identity checked by `parsePlaneSegments`, because its parts become an API path
 * @throws ProblemError `not-found`, `not-installed`, `forbidden`; KubeError
 */
export async function readLivePlane(caller: Caller, identity: PlaneIdentity): Promise<LivePlane> {
  const entry = kindOfPlural(identity.plural);
  if (!entry) throw new ProblemError('not-found', "This path doesn't name a plane.");
  requireShown(identity);
  const path = objectPath(planesPath(identity), identity.name);
  const { body } = await requestServed(caller, entry.plural, () =>
    caller.client.request({ path, timeoutMs: READ_TIMEOUT_MS }),
  );
  return parseLivePlane(identity, installedKind(entry.plural), body);
}

/**
 * Returns the plane in an answer of the API server.
 *
 * @throws KubeError `bad-answer` when the answer isn't this plane
 */
export function parseLivePlane(identity: PlaneIdentity, kind: InstalledKind, body: unknown): LivePlane {
  const raw = requestedObject(body, planeObject({ kind, identity }));
  const metadata = metadataSchema.safeParse(raw.metadata).data;
  if (!metadata) throw new KubeError('bad-answer', 'The API server returned an invalid object.');
  return {
    identity,
    kind,
    path: planeObject({ kind, identity }).path,
    raw,
    spec: specOfObject(raw),
    // A redacted copy of JSON is JSON.
    redacted: redactObject(raw).object as JsonObject,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    deleting: metadata.deletionTimestamp !== undefined,
  };
}

/** Returns where to request a plane: any of that name. */
export function planeObject({ kind, identity }: PlaneName): ObjectPlace {
  const { namespace, name } = identity;
  const path = objectPath(planesPath(identity), name);
  return { apiVersion: PLANE_API_VERSION, kind: kind.entry.kind, namespace, name, path };
}

/** Returns where to request exactly this plane. */
export function livePlaneObject(live: LivePlane): ObjectPlace & { readonly uid: string } {
  return { ...planeObject(live), uid: live.uid };
}

/** Returns a plane, as it is or after a change, as the fleet has it. */
export function parsedPlane({ kind, raw }: Pick<LivePlane, 'kind' | 'raw'>): Plane {
  return parsePlane(kind.entry, raw, kindFeatures(kind.schema));
}

/** Returns the spec of a plane, stored or redacted; empty when it has none. */
export function specOfObject(object: JsonObject): JsonObject {
  return isJsonObject(object.spec) ? object.spec : {};
}

/** Returns the annotations of a plane; empty when it has none. */
export function annotationsOf({ raw }: Pick<LivePlane, 'raw'>): Readonly<Record<string, string>> {
  return annotationsSchema.safeParse(raw.metadata).data?.annotations ?? {};
}

/**
 * Returns whether two states of a plane have the same labels, annotations and spec. The status belongs to the
 * controllers, and a refresh only makes them reconcile, so an edit can't overwrite either.
 */
export function sameEditablePart(a: JsonObject, b: JsonObject): boolean {
  return sameJson(editablePart(a), editablePart(b));
}

function editablePart({ metadata, spec }: JsonObject): JsonObject {
  const { uid, labels, annotations, deletionTimestamp } = isJsonObject(metadata) ? metadata : {};
  const given = (isJsonObject(annotations) ? annotations : {}) as JsonObject;
  const { [REFRESHED_AT_ANNOTATION]: _refresh, ...rest } = given;
  const part: Record<string, Json | undefined> = { uid, labels: labels ?? {}, deletionTimestamp, spec };
  return { ...(part as JsonObject), annotations: rest };
}

/** Returns "the data plane prod in the namespace acme", for sentences. */
export function describePlane({ kind, identity }: PlaneName): string {
  return describeObject(kind.entry.label.toLowerCase(), identity);
}

/** Returns the reference to a plane for audit lines and answers. */
export function planeReference({ kind, identity }: PlaneName) {
  const { namespace, name } = identity;
  return { kind: kind.entry.kind, ...(namespace === undefined ? {} : { namespace }), name };
}
