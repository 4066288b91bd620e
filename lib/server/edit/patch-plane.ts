import 'server-only';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { FIELD_MANAGER } from '@/lib/plane/model/annotations';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { audit } from '@/lib/server/process/audit';
import type { Caller } from '@/lib/server/rights/caller';
import { type LivePlane, livePlaneOf, planeReference, readLivePlane } from './live-plane';
import { sameButStatus } from './unchanged-since';

const WRITE_TIMEOUT_MS = 10_000;
/** A controller writes the status about once a minute, so two of its writes in a row are rare already. */
const ATTEMPTS = 4;
const MAX_AUDITED_PATHS = 20;

/** Nothing that the schema lacks is dropped in silence, and the fields have an owner. */
export const WRITE_QUERY = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' } as const;

export interface PatchedPlane {
  readonly plane: LivePlane;
  readonly warnings: readonly string[];
}

/**
 * Writes a merge patch of a plane, as the caller, on the resourceVersion that was read. When only the status was written
 * meanwhile it is sent again on the new version; any other change in between is a KubeError `conflict`. One audit line
 * for each attempt that is no dry run.
 */
export async function patchPlane(
  caller: Caller,
  live: LivePlane,
  patch: JsonObject,
  { dryRun }: { readonly dryRun: boolean },
): Promise<PatchedPlane> {
  let base = live;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await patchOnce(caller, base, patch, dryRun);
    } catch (error) {
      const failure = asKubeError(error);
      if (failure.code !== 'conflict' || attempt === ATTEMPTS) throw failure;
      const now = await readLivePlane(caller, live.identity);
      if (now.resourceVersion === base.resourceVersion || !sameButStatus(now.raw, live.raw)) throw failure;
      base = now;
    }
  }
}

async function patchOnce(
  caller: Caller,
  base: LivePlane,
  patch: JsonObject,
  dryRun: boolean,
): Promise<PatchedPlane> {
  const metadata = isJsonObject(patch.metadata) ? patch.metadata : {};
  const tell = (outcome: string) => {
    if (dryRun) return;
    const changed = patchedPaths(patch);
    audit({ user: caller.user, verb: 'patch', object: planeReference(base), outcome, changed });
  };
  try {
    const { body, warnings } = await caller.client.request({
      method: 'PATCH',
      path: base.path,
      query: { ...WRITE_QUERY, ...(dryRun ? { dryRun: 'All' } : {}) },
      contentType: 'application/merge-patch+json',
      body: { ...patch, metadata: { ...metadata, resourceVersion: base.resourceVersion } },
      timeoutMs: WRITE_TIMEOUT_MS,
    });
    const plane = livePlaneOf(base.identity, base.kind, body);
    tell('done');
    return { plane, warnings };
  } catch (error) {
    const failure = asKubeError(error);
    tell(failure.code);
    throw failure;
  }
}

/** The fields that a patch mentions, as dotted texts, no value among them. */
function patchedPaths(patch: JsonObject): string[] {
  const paths: string[] = [];
  const walk = (value: Json, path: readonly string[]) => {
    if (isJsonObject(value) && Object.keys(value).length > 0)
      for (const [name, child] of Object.entries(value)) walk(child, [...path, name]);
    else paths.push(path.join('.'));
  };
  walk(patch, []);
  return paths.slice(0, MAX_AUDITED_PATHS);
}
