import 'server-only';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { kindFeatures } from '@/lib/plane/kind-features';
import { kindOfPlural, PLANE_API_VERSION } from '@/lib/plane/kinds';
import { parsePlane } from '@/lib/plane/parse-plane';
import type { PlaneIdentity } from '@/lib/plane/plane-path';
import { redactObject } from '@/lib/plane/redact';
import type { Caller } from '../caller';
import { ProblemError } from '../problem';
import { getRuntime } from '../runtime';
import { visiblePlanes } from '../visibility';

const READ_TIMEOUT_MS = 5000;

const metadataSchema = z.object({
  annotations: z.record(z.string(), z.string()).optional(),
  finalizers: z.array(z.string()).optional(),
});

/**
 * One plane, read from the API server as the caller, with every secret masked.
 *
 * @param identity checked by `parsePlaneSegments`: its parts become an API path
 * @throws a KubeError or ProblemError: `not-found` only when the API server itself says so
 */
export async function getPlaneDetail(caller: Caller, identity: PlaneIdentity): Promise<PlaneDetail> {
  const entry = kindOfPlural(identity.plural);
  if (!entry) throw new ProblemError('not-found');
  const { namespace, name, plural } = identity;
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const { body } = await caller.client.request({
    path: `/apis/${PLANE_API_VERSION}${scope}/${plural}/${name}`,
    timeoutMs: READ_TIMEOUT_MS,
  });
  const { engine, catalog, clock } = getRuntime();
  const schema = catalog.state.kinds?.find((kind) => kind.entry.plural === plural)?.schema;
  const plane = parsePlane(entry, body, kindFeatures(schema));
  const visibility = await visiblePlanes(caller);
  if (!visibility.sees({ uid: plane.uid, plural, namespace })) throw new ProblemError('not-found');
  const { object, masked } = redactObject(body);
  const metadata = metadataSchema.safeParse(object.metadata).data;
  return {
    serverTime: new Date(clock.nowMs()).toISOString(),
    plane: engine.judgeNow(plane),
    annotations: metadata?.annotations ?? {},
    finalizers: metadata?.finalizers ?? [],
    spec: object.spec ?? null,
    masked,
    yaml: stringify(object, { lineWidth: 0 }),
  };
}
