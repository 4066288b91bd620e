import 'server-only';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import type { ReferenceResolver } from '@/lib/plane/related/observability-target';
import type { Referrer } from '@/lib/plane/related/related-resources';
import { type ReferrerKind, referrerKindsOf, referrerOf } from '@/lib/plane/related/resource-reference';
import { type SchemaNode, schemaAt } from '@/lib/plane/schema/schema-node';
import { isProvenUnserved } from '@/lib/server/kube/discovery';
import { asKubeError, KubeError } from '@/lib/server/kube/kube-error';
import { listPages } from '@/lib/server/kube/list-pages';
import type { Caller } from '@/lib/server/rights/caller';
import { type FoundReferrers, MAX_REFERRERS } from './plane-references';

const MAX_PAGES = 4;
/** The limit for all pages of one kind. */
const LIST_TIMEOUT_MS = 8000;

/**
 * Returns the Environments or workflows that refer to a plane, read as the caller from where they can be: for a
 * namespaced plane its own namespace, for a cluster-wide one all. Never throws: a kind that could not be listed is
 * reported as not visible, and a kind that isn't served has no objects.
 *
 * @param schemaOf returns the schema of any kind of the group; undefined while it is unknown
 */
export async function referringObjects(
  caller: Caller,
  plane: Plane,
  resolveReference: ReferenceResolver,
  schemaOf: (kind: string) => SchemaNode | undefined,
): Promise<FoundReferrers> {
  const kinds = referrerKindsOf(plane.kind).filter(({ kind, field }) => {
    const schema = schemaOf(kind);
    return schema === undefined || schemaAt(schema, ['spec', field]) !== undefined;
  });
  const found = await Promise.all(
    kinds.map((kind) => referrersOfKind(caller, plane, resolveReference, kind)),
  );
  return {
    referrers: found.flatMap(({ referrers }) => referrers),
    notVisible: found.flatMap(({ notVisible }) => notVisible),
    cutShort: found.flatMap(({ cutShort }) => cutShort),
  };
}

async function referrersOfKind(
  caller: Caller,
  plane: Plane,
  resolveReference: ReferenceResolver,
  referrer: ReferrerKind,
): Promise<FoundReferrers> {
  const self = { kind: plane.kind, namespace: plane.namespace, name: plane.name };
  const referrers: Referrer[] = [];
  try {
    const path = pathOf(referrer, plane.namespace);
    const listed = { apiVersion: PLANE_API_VERSION, kind: referrer.kind, namespace: plane.namespace };
    const signal = AbortSignal.timeout(LIST_TIMEOUT_MS);
    let pages = 0;
    let isWhole = false;
    const options = { signal, timeoutMs: LIST_TIMEOUT_MS };
    for await (const page of listPages(caller.client, path, listed, options)) {
      for (const object of page.items) {
        const found = referrerOf(object, referrer, self, resolveReference);
        if (found) referrers.push(found);
      }
      pages += 1;
      isWhole = page.next === undefined && referrers.length <= MAX_REFERRERS;
      if (pages === MAX_PAGES) break;
    }
    return {
      referrers: referrers.slice(0, MAX_REFERRERS),
      notVisible: [],
      cutShort: isWhole ? [] : [referrer.kind],
    };
  } catch (error) {
    const failure = asKubeError(error);
    const hasNone =
      failure.code === 'not-found' ||
      (await isProvenUnserved(caller.client, failure, PLANE_API_VERSION, referrer.plural));
    return { referrers: [], notVisible: hasNone ? [] : [referrer.kind], cutShort: [] };
  }
}

function pathOf({ plural }: ReferrerKind, namespace: string | undefined): string {
  if (namespace === undefined) return `/apis/${PLANE_API_VERSION}/${plural}`;
  if (!isKubernetesName(namespace)) throw new KubeError('not-found', 'Invalid namespace name.');
  return `/apis/${PLANE_API_VERSION}/namespaces/${namespace}/${plural}`;
}
