import 'server-only';
import type { PlaneDetail } from '@/lib/api/fleet';
import type { JsonObject } from '@/lib/plane/json/json';
import { yamlText } from '@/lib/plane/json/yaml-text';
import { redactObject } from '@/lib/plane/masking/redact';
import { cleanManifest, cleanManifestYaml } from '@/lib/plane/model/clean-manifest';
import { kindOfPlural, PLANE_API_VERSION, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import type { Plane } from '@/lib/plane/model/plane';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { defaultPaths } from '@/lib/plane/schema/default-paths';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { ProblemError } from '@/lib/server/http/problem';
import { objectPath, planesPath } from '@/lib/server/kube/api-paths';
import { isProvenUnserved } from '@/lib/server/kube/discovery';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { requestedObject } from '@/lib/server/kube/requested-object';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { z } from '@/lib/zod';
import { requireShown } from './require-shown';

const READ_TIMEOUT_MS = 5000;

/** A plane as the API server returned it. */
export interface ReadPlane {
  readonly entry: PlaneKindEntry;
  readonly plane: Plane;
  /** The whole resource, secrets and managed fields included. It must be redacted before any of it is shown. */
  readonly raw: unknown;
  /** The schema of the served kind; undefined until it is read. */
  readonly schema: SchemaNode | undefined;
}

/**
 * Reads one plane from the API server as the caller.
 *
 * @param identity checked by `parsePlaneSegments`, because its parts become an API path
 * @throws KubeError or ProblemError: `not-found` only when the API server says so to this caller
 */
export async function readPlane(caller: Caller, identity: PlaneIdentity): Promise<ReadPlane> {
  const entry = kindOfPlural(identity.plural);
  if (!entry) throw new ProblemError('not-found');
  requireShown(identity);
  const raw = await readRaw(caller, entry.kind, identity);
  const { kinds } = getRuntime().catalog.state;
  const schema = kinds?.find((kind) => kind.entry.plural === entry.plural)?.schema;
  return { entry, plane: parsePlane(entry, raw, kindFeatures(schema)), raw, schema };
}

async function readRaw({ client }: Caller, kind: string, identity: PlaneIdentity): Promise<JsonObject> {
  try {
    const path = objectPath(planesPath(identity), identity.name);
    const { body } = await client.request({ path, timeoutMs: READ_TIMEOUT_MS });
    const { namespace, name } = identity;
    return requestedObject(body, { apiVersion: PLANE_API_VERSION, kind, namespace, name });
  } catch (error) {
    // A kind that isn't served has no planes.
    if (await isProvenUnserved(client, asKubeError(error), PLANE_API_VERSION, identity.plural))
      throw new ProblemError('not-found');
    throw error;
  }
}

const metadataSchema = z.object({
  annotations: z.record(z.string(), z.string()).optional(),
  finalizers: z.array(z.string()).optional(),
});

/**
 * Reads one plane from the API server as the caller, with every secret masked.
 *
 * @param identity checked by `parsePlaneSegments`, because its parts become an API path
 * @throws KubeError or ProblemError: `not-found` only when the API server says so to this caller
 */
export async function getPlaneDetail(caller: Caller, identity: PlaneIdentity): Promise<PlaneDetail> {
  const { plane, raw, schema } = await readPlane(caller, identity);
  const { engine, clock } = getRuntime();
  const redacted = redactObject(raw);
  const { object, masked, hidden } = redacted;
  const manifest = cleanManifest(raw, redacted);
  const metadata = metadataSchema.safeParse(object.metadata).data;
  return {
    serverTime: new Date(clock.nowMs()).toISOString(),
    plane: engine.withHealth(plane, await viewOf(caller)),
    annotations: metadata?.annotations ?? {},
    hiddenAnnotations: [...hidden],
    finalizers: metadata?.finalizers ?? [],
    spec: object.spec ?? null,
    masked,
    defaults: defaultPaths(object.spec, schema),
    manifest: cleanManifestYaml(manifest),
    manifestSecrets: manifest.masked.length,
    yaml: yamlText(object as JsonObject),
  };
}
