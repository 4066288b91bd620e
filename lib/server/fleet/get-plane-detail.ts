import 'server-only';
import { stringify } from 'yaml';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { redactObject } from '@/lib/plane/model/redact';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { z } from '@/lib/zod';
import { readPlane } from './read-plane';

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
  const { plane, raw } = await readPlane(caller, identity);
  const { engine, clock } = getRuntime();
  const { object, masked } = redactObject(raw);
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
