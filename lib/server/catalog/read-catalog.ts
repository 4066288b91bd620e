import 'server-only';
import { PLANE_API_VERSION, PLANE_KINDS, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { planeSchemas } from '@/lib/plane/schema/openapi';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { z } from '@/lib/zod';

type CatalogClient = Pick<KubeClient, 'request'>;

const resourceListSchema = z.object({ resources: z.array(z.object({ name: z.string(), kind: z.string() })) });

/** The schemas of all kinds, and the tag with which the API server tells whether they have changed. */
export interface ReadSchemas {
  readonly etag: string | null;
  readonly byKind: ReadonlyMap<string, SchemaNode>;
}

/**
 * Which plane kinds the API server serves, from discovery. An API group that nobody installed is an empty list.
 * Throws a KubeError when discovery cannot be read.
 */
export async function readServedKinds(client: CatalogClient): Promise<PlaneKindEntry[]> {
  try {
    const { body } = await client.request({ path: `/apis/${PLANE_API_VERSION}` });
    const { resources } = resourceListSchema.parse(body);
    const served = new Set(resources.map((resource) => `${resource.name}/${resource.kind}`));
    return PLANE_KINDS.filter((entry) => served.has(`${entry.plural}/${entry.kind}`));
  } catch (error) {
    if (asKubeError(error).code === 'not-found') return [];
    throw error;
  }
}

/**
 * The kinds' schemas from OpenAPI v3, or what was known when nothing changed since. The document lags some seconds
 * behind discovery, so a kind can be missing from it. Throws a KubeError.
 */
export async function readSchemas(client: CatalogClient, known: ReadSchemas | null): Promise<ReadSchemas> {
  const tag = known?.etag;
  const answer = await client.request({
    path: `/openapi/v3/apis/${PLANE_API_VERSION}`,
    ...(tag ? { headers: { 'if-none-match': tag } } : {}),
  });
  if (answer.status === 304 && known) return known;
  return { etag: answer.etag, byKind: planeSchemas(answer.body) };
}
