import 'server-only';
import { kindFeatures } from '@/lib/plane/kind-features';
import { kindOfPlural, type PlaneKindEntry } from '@/lib/plane/kinds';
import { parsePlane } from '@/lib/plane/parse-plane';
import type { Plane } from '@/lib/plane/plane';
import type { PlaneIdentity } from '@/lib/plane/plane-path';
import type { SchemaNode } from '@/lib/plane/schema-node';
import type { Caller } from './caller';
import { ProblemError } from './problem';
import { objectPath, planesPath } from './registration/api-paths';
import { getRuntime } from './runtime';
import { visiblePlanes } from './visibility';

const READ_TIMEOUT_MS = 5000;

/** A plane as it was read just now. */
export interface ReadPlane {
  readonly entry: PlaneKindEntry;
  readonly plane: Plane;
  /** The whole resource, secrets and managed fields included: it must be redacted before any of it is shown. */
  readonly raw: unknown;
  /** Of the kind, as it is served; undefined while the API server has not told it. */
  readonly schema: SchemaNode | undefined;
}

/**
 * Reads one plane from the API server as the caller.
 *
 * @param identity checked by `parsePlaneSegments`: its parts become an API path
 * @throws a KubeError or ProblemError: `not-found` only when the API server says so, or when the caller may not see it
 */
export async function readPlane(caller: Caller, identity: PlaneIdentity): Promise<ReadPlane> {
  const entry = kindOfPlural(identity.plural);
  if (!entry) throw new ProblemError('not-found');
  const { body: raw } = await caller.client.request({
    path: objectPath(planesPath(identity), identity.name),
    timeoutMs: READ_TIMEOUT_MS,
  });
  const { kinds } = getRuntime().catalog.state;
  const schema = kinds?.find((kind) => kind.entry.plural === entry.plural)?.schema;
  const plane = parsePlane(entry, raw, kindFeatures(schema));
  const visibility = await visiblePlanes(caller);
  const { plural, namespace } = identity;
  if (!visibility.sees({ uid: plane.uid, plural, namespace })) throw new ProblemError('not-found');
  return { entry, plane, raw, schema };
}
