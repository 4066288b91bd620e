import 'server-only';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import type { LookUp } from '@/lib/plane/related/observability-target';
import type { Referrer } from '@/lib/plane/related/related-resources';
import { type ReferrerKind, referrerKindsOf, referrerOf } from '@/lib/plane/related/resource-reference';
import { type SchemaNode, schemaAt } from '@/lib/plane/schema/schema-node';
import { asKubeError, KubeError } from '@/lib/server/kube/kube-error';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';
import { type FoundReferrers, MAX_TOLD } from './plane-references';

const PAGE_SIZE = 500;
const MAX_PAGES = 4;
/** For all pages of one kind. */
const LIST_TIMEOUT_MS = 8000;

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(z.unknown()).nullish(),
});

/**
 * The Environments or workflows that refer to a plane, read as the caller from where they can be: a namespaced plane's
 * from its own namespace, a cluster-wide one's from all. Never throws: a kind that could not be listed is told as such,
 * one that is not served has none.
 *
 * @param schemaOf the schema of any kind of the group; undefined while it is not known
 */
export async function referringObjects(
  caller: Caller,
  plane: Plane,
  lookUp: LookUp,
  schemaOf: (kind: string) => SchemaNode | undefined,
): Promise<FoundReferrers> {
  const kinds = referrerKindsOf(plane.kind).filter(({ kind, field }) => {
    const schema = schemaOf(kind);
    return schema === undefined || schemaAt(schema, ['spec', field]) !== undefined;
  });
  const found = await Promise.all(kinds.map((kind) => referrersOfKind(caller, plane, lookUp, kind)));
  return {
    referrers: found.flatMap(({ referrers }) => referrers),
    notVisible: found.flatMap(({ notVisible }) => notVisible),
    cutShort: found.flatMap(({ cutShort }) => cutShort),
  };
}

async function referrersOfKind(
  caller: Caller,
  plane: Plane,
  lookUp: LookUp,
  referrer: ReferrerKind,
): Promise<FoundReferrers> {
  const self = { kind: plane.kind, namespace: plane.namespace, name: plane.name };
  const referrers: Referrer[] = [];
  try {
    const all = await eachObject(caller, pathOf(referrer, plane.namespace), (object) => {
      const found = referrerOf(object, referrer, self, lookUp);
      if (found) referrers.push(found);
    });
    const isWhole = all && referrers.length <= MAX_TOLD;
    return {
      referrers: referrers.slice(0, MAX_TOLD),
      notVisible: [],
      cutShort: isWhole ? [] : [referrer.kind],
    };
  } catch (error) {
    const isServed = asKubeError(error).code !== 'not-found';
    return { referrers: [], notVisible: isServed ? [referrer.kind] : [], cutShort: [] };
  }
}

function pathOf({ plural }: ReferrerKind, namespace: string | undefined): string {
  if (namespace === undefined) return `/apis/${PLANE_API_VERSION}/${plural}`;
  if (!isKubernetesName(namespace)) throw new KubeError('not-found', 'No namespace can have that name.');
  return `/apis/${PLANE_API_VERSION}/namespaces/${namespace}/${plural}`;
}

/** Returns whether all were looked at; throws a KubeError. */
async function eachObject(caller: Caller, path: string, look: (object: unknown) => void): Promise<boolean> {
  const signal = AbortSignal.timeout(LIST_TIMEOUT_MS);
  let token: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const query = { limit: String(PAGE_SIZE), ...(token ? { continue: token } : {}) };
    const { body } = await caller.client.request({ path, query, signal, timeoutMs: LIST_TIMEOUT_MS });
    const page = pageSchema.safeParse(body).data;
    if (!page) throw new KubeError('bad-answer', 'The API server sent something that is no list.');
    for (const item of page.items ?? []) look(item);
    token = page.metadata.continue;
    if (!token) return true;
  }
  return false;
}
