import 'server-only';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { planesPath } from '@/lib/server/kube/api-paths';
import { type AuditedWrite, auditedWrite } from '@/lib/server/kube/audited-write';
import { asKubeError, KubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { listPage } from '@/lib/server/kube/list-pages';
import { sendPatch, type WriteMode } from '@/lib/server/kube/object-requests';
import { notShown } from '@/lib/server/kube/write-proof';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import {
  type LivePlane,
  livePlaneObject,
  parseLivePlane,
  planeReference,
  readLivePlane,
  sameEditablePart,
} from './live-plane';
import { isStoredMeanwhile, planeFieldsNotStored, type StoredPlane, storedPlane } from './stored-plane';

/** A controller writes the status about once a minute, so even two of its writes in a row are rare. */
const ATTEMPTS = 4;
const MAX_AUDITED_PATHS = 20;
const READ_TIMEOUT_MS = 5000;

export interface PatchedPlane extends StoredPlane {
  readonly warnings: readonly string[];
}

/** Another change of the editable part. */
export interface ConflictingChange {
  /** The state that the edit is based on; null: unknown. */
  readonly before: JsonObject | null;
  readonly now: LivePlane;
}

/** The rejection of a write because the plane changed meanwhile. Recognised by `change`. */
class PlaneConflict extends KubeError {
  constructor(
    { message, status, reason, statusObject }: KubeError,
    readonly change: ConflictingChange,
  ) {
    super('conflict', message, status, reason, null, statusObject);
  }
}

/** Returns the change that a rejected write conflicts with; null if it isn't known. */
export function conflictingChange(failure: KubeError): ConflictingChange | null {
  return 'change' in failure ? (failure as PlaneConflict).change : null;
}

/**
 * Writes a merge patch of a plane as the caller, at the resourceVersion that was read. If only the status changed
 * meanwhile, sends the patch again at the new version. If the plane has the change after a conflict, returns it: the
 * patch was stored, and only its repetition was rejected. Logs intent and outcome of each attempt that isn't a dry run.
 * Admission may change a patch, so the answer names the fields that weren't stored as requested.
 *
 * @throws KubeError; `conflict` for any other change meanwhile, `bad-answer` when nothing proves what became of the patch
 */
export async function patchPlane(
  caller: Caller,
  live: LivePlane,
  patch: JsonObject,
  { dryRun }: { readonly dryRun: boolean },
): Promise<PatchedPlane> {
  const sent: AuditedWrite[] = [];
  let base = live;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await patchOnce(caller, base, patch, { dryRun, sent });
    } catch (error) {
      const failure = asKubeError(error);
      if (failure.code !== 'conflict') throw failure;
      const now = await readLivePlane(caller, live.identity);
      if (!dryRun && isStoredMeanwhile(live, patch, now)) {
        sent.at(-1)?.ended('found-written');
        // Someone else may have made the same change, so the history gets no author.
        return { plane: now, notStored: [], warnings: [] };
      }
      if (attempt === ATTEMPTS || now.resourceVersion === base.resourceVersion) throw failure;
      if (!sameEditablePart(now.raw, live.raw)) throw new PlaneConflict(failure, { before: live.raw, now });
      base = now;
    }
  }
}

async function patchOnce(
  caller: Caller,
  base: LivePlane,
  patch: JsonObject,
  { dryRun, sent }: { readonly dryRun: boolean; readonly sent: AuditedWrite[] },
): Promise<PatchedPlane> {
  const metadata = isJsonObject(patch.metadata) ? patch.metadata : {};
  const write = async (mode: WriteMode) => {
    const onVersion = { ...patch, metadata: { ...metadata, resourceVersion: base.resourceVersion } };
    const { object, warnings } = await sendPatch(caller.client, livePlaneObject(base), onVersion, mode);
    return { plane: parseLivePlane(base.identity, base.kind, object), warnings };
  };
  if (dryRun) {
    const { plane, warnings } = await write('dry-run');
    // A dry run stores no version, so another one is another state of the plane.
    if (plane.resourceVersion !== base.resourceVersion) throw notShown('change');
    return { plane, warnings, notStored: planeFieldsNotStored(plane, patch) };
  }
  const object = planeReference(base);
  const change = { verb: 'patch', object, changed: patchedPaths(patch) } as const;
  const patched = await auditedWrite(caller, change, async (audited) => {
    sent.push(audited);
    const { plane, warnings } = await write(audited);
    return { ...(await storedPlane(caller, base, patch, plane)), warnings };
  });
  const { resourceVersion } = patched.plane;
  // A patch that changes nothing creates no version.
  if (resourceVersion !== base.resourceVersion)
    getRuntime().history.wroteHere(base.identity, resourceVersion, caller.user);
  return patched;
}

/** Returns the fields in a patch as dotted paths, without values. */
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

/** Errors after which nothing is known, because the API server didn't answer the question. */
const NOT_ASKED: ReadonlySet<KubeErrorCode> = new Set([
  'unreachable',
  'timeout',
  'credential',
  'unauthorized',
  'rate-limited',
]);

/**
 * Returns what has changed in a plane since a resourceVersion, except its status; null if nothing has. This server
 * remembers over which versions nothing changed. For other versions, it asks the API server, which still has the states
 * of the last minutes and lists them at an exact version. If it doesn't, or the caller can't list, `before` is null.
 *
 * @throws KubeError when the API server can't be reached
 */
export async function changeSince(
  caller: Caller,
  live: LivePlane,
  resourceVersion: string,
): Promise<ConflictingChange | null> {
  if (resourceVersion === live.resourceVersion) return null;
  if (getRuntime().editVersions.isUnchangedSince(live.raw, resourceVersion)) return null;
  const before = await stateAt(caller, live, resourceVersion);
  return before && sameEditablePart(before, live.raw) ? null : { before, now: live };
}

/** Returns a plane at a resourceVersion, or null if the API server doesn't return it. @throws KubeError */
async function stateAt(
  caller: Caller,
  { identity, kind }: LivePlane,
  resourceVersion: string,
): Promise<JsonObject | null> {
  try {
    const listed = { apiVersion: PLANE_API_VERSION, kind: kind.entry.kind, namespace: identity.namespace };
    const { items } = await listPage(caller.client, planesPath(identity), listed, undefined, {
      query: {
        fieldSelector: `metadata.name=${identity.name}`,
        resourceVersion,
        resourceVersionMatch: 'Exact',
      },
      timeoutMs: READ_TIMEOUT_MS,
    });
    const [then] = items;
    return items.length === 1 && isJsonObject(then) ? then : null;
  } catch (error) {
    const failure = asKubeError(error);
    if (NOT_ASKED.has(failure.code)) throw failure;
    return null;
  }
}
