import 'server-only';
import { z } from '@/lib/zod';
import type { KubeClient } from './kube-client';
import { asKubeError, type KubeError } from './kube-error';
import { parseAnswer } from './kubernetes-answer';

const groupListSchema = z.object({
  kind: z.literal('APIGroupList'),
  groups: z
    .array(z.object({ name: z.string(), versions: z.array(z.object({ groupVersion: z.string() })) }))
    // The API server always has groups of its own.
    .min(1),
});

const resourceListSchema = z.object({
  kind: z.literal('APIResourceList'),
  groupVersion: z.string(),
  // A version without resources isn't served.
  resources: z.array(z.object({ name: z.string(), kind: z.string() })).min(1),
});

/** A resource as discovery names it: `dataplanes` and `DataPlane`. */
export type ServedResource = z.infer<typeof resourceListSchema>['resources'][number];

/**
 * Returns the resources that the API server serves of an API version; empty when it doesn't serve the version.
 *
 * For a version that isn't served, the API server answers the same 404 as a proxy whose backend is gone. Only its list of
 * all groups, which no other server has, proves that the version isn't served. The list alone isn't enough: it may lack
 * groups while the API server starts, which then answers 503 for the version.
 *
 * @param groupVersion such as `openchoreo.dev/v1alpha1`
 * @throws KubeError when discovery can't be read, or when the answers prove nothing
 */
export async function servedResources(
  client: Pick<KubeClient, 'request'>,
  groupVersion: string,
): Promise<readonly ServedResource[]> {
  try {
    const { body } = await client.request({ path: `/apis/${groupVersion}` });
    const ofVersion = resourceListSchema.extend({ groupVersion: z.literal(groupVersion) });
    return parseAnswer(ofVersion, body).resources;
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code !== 'not-served' && failure.code !== 'not-found') throw failure;
    const { body } = await client.request({ path: '/apis' });
    const { groups } = parseAnswer(groupListSchema, body);
    const isListed = groups.some(({ versions }) =>
      versions.some((version) => version.groupVersion === groupVersion),
    );
    if (isListed) throw failure;
    return [];
  }
}

/**
 * Returns whether it's proven that the API server doesn't serve a resource. Never throws: what can't be read proves
 * nothing.
 *
 * @param failure of a request for the resource
 * @param plural such as `environments`
 */
export async function isProvenUnserved(
  client: Pick<KubeClient, 'request'>,
  failure: Pick<KubeError, 'code'>,
  groupVersion: string,
  plural: string,
): Promise<boolean> {
  if (failure.code !== 'not-served') return false;
  try {
    const resources = await servedResources(client, groupVersion);
    return resources.every(({ name }) => name !== plural);
  } catch {
    return false;
  }
}
