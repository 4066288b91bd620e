import 'server-only';
import { createHash } from 'node:crypto';
import { type KindEntry, PLANE_GROUP, PLANE_KINDS } from '@/lib/plane/model/kinds';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { requestAccess } from './access-reviews';
import { type NamespaceRules, reviewRules, rulesFor } from './rules-review';
import { type PlaneScope, type View, WHOLE_FLEET } from './view';

/** Reading means to list or to get: what either answers with is visible. */
const READ_VERBS = ['list', 'get'] as const;
/** Reviews of one person at a time. */
const CONCURRENCY = 8;
/** A namespace to ask for the rules of cluster-wide objects: these are in the rules of every namespace. */
const ANY_NAMESPACE = 'default';

/** What of the planes exists, as far as a review has to ask about it. */
export interface ReviewedPlanes {
  /** The namespaces that have planes, or are watched for them. */
  readonly namespaces: ReadonlySet<string>;
  readonly exists: (scope: PlaneScope) => boolean;
}

/** What of one kind may be read. */
interface KindRights {
  isWhole: boolean;
  readonly namespaces: Set<string>;
  /** `<namespace>/<name>`, without a namespace for objects of the cluster. */
  readonly names: Set<string>;
}

/**
 * Returns what an identity may read of the planes, as the API server answers that identity now. Asks from the wide to the
 * narrow: for each kind of the whole cluster, then for each namespace with planes, then for single names. Only what the
 * rules of a namespace list is asked about, so it never sends a review for each plane, and few to people with few rights.
 *
 * @throws KubeError when a review isn't answered
 */
export async function reviewView(client: Pick<KubeClient, 'request'>, planes: ReviewedPlanes): Promise<View> {
  const rights = new Map<string, KindRights>(
    PLANE_KINDS.map(({ plural }) => [plural, { isWhole: false, namespaces: new Set(), names: new Set() }]),
  );
  const anywhere = await rulesOf(client, ANY_NAMESPACE);
  await inTurns(PLANE_KINDS, async ({ plural }) => {
    if (await mayRead(client, { plural }, anywhere)) rightsOf(rights, plural).isWhole = true;
  });
  const partly = PLANE_KINDS.filter(({ plural }) => !rightsOf(rights, plural).isWhole);
  if (partly.length === 0) return WHOLE_FLEET;
  await inTurns([...new Set([ANY_NAMESPACE, ...planes.namespaces])], async (namespace) => {
    const rules = namespace === ANY_NAMESPACE ? anywhere : await rulesOf(client, namespace);
    for (const entry of partly) await reviewKind(client, entry, namespace, rules, rights, planes);
  });
  return viewWith(rights);
}

async function reviewKind(
  client: Pick<KubeClient, 'request'>,
  { plural, scope }: KindEntry,
  namespace: string,
  listed: NamespaceRules,
  all: Map<string, KindRights>,
  { exists }: ReviewedPlanes,
): Promise<void> {
  const rights = rightsOf(all, plural);
  if (scope === 'Namespaced') {
    if (await mayRead(client, { plural, namespace }, listed)) {
      rights.namespaces.add(namespace);
      return;
    }
  } else if (namespace !== ANY_NAMESPACE) return;
  const within = scope === 'Namespaced' ? namespace : undefined;
  const names = new Set(
    READ_VERBS.flatMap((verb) => rulesFor(listed.rules, verb, PLANE_GROUP, plural)).flatMap(
      ({ resourceNames }) => resourceNames,
    ),
  );
  for (const name of names) {
    const place = { plural, namespace: within, name };
    if (exists(place) && (await mayRead(client, place, listed))) rights.names.add(nameKey(place));
  }
}

/**
 * Returns whether the API server allows to list or to get something. Asks only about verbs that the rules list.
 *
 * @param listed of the place's namespace. Rights in the whole cluster are in the rules of every one.
 */
async function mayRead(
  client: Pick<KubeClient, 'request'>,
  { plural: resource, namespace, name }: { plural: string; namespace?: string | undefined; name?: string },
  { rules, isIncomplete }: NamespaceRules,
): Promise<boolean> {
  const place = { group: PLANE_GROUP, resource, namespace, ...(name === undefined ? {} : { name }) };
  for (const verb of READ_VERBS) {
    const isListed = rulesFor(rules, verb, PLANE_GROUP, resource).some(
      ({ resourceNames }) =>
        resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name)),
    );
    if ((isListed || isIncomplete) && (await requestAccess(client, { verb, ...place }))) return true;
  }
  return false;
}

/** The rules are a hint, so an API server that doesn't list them is asked about everything. */
async function rulesOf(client: Pick<KubeClient, 'request'>, namespace: string): Promise<NamespaceRules> {
  try {
    return await reviewRules(client, namespace);
  } catch (error) {
    if (!WITHOUT_RULES.has(asKubeError(error).code)) throw error;
    return { rules: [], isIncomplete: true };
  }
}

const WITHOUT_RULES: ReadonlySet<string> = new Set(['forbidden', 'not-found', 'not-served']);

function viewWith(rights: ReadonlyMap<string, KindRights>): View {
  return {
    key: keyOf(rights),
    sees: (scope) => {
      const { isWhole, namespaces, names } = rightsOf(rights, scope.plural);
      if (isWhole || names.has(nameKey(scope))) return true;
      return scope.namespace !== undefined && namespaces.has(scope.namespace);
    },
    reachOf: (plural, namespace) => {
      const { isWhole, namespaces, names } = rightsOf(rights, plural);
      if (isWhole || (namespace !== undefined && namespaces.has(namespace))) return 'all';
      if (namespace !== undefined)
        return [...names].some((key) => key.startsWith(nameKey({ namespace, name: '' }))) ? 'some' : 'none';
      return namespaces.size + names.size > 0 ? 'some' : 'none';
    },
  };
}

/** Holds everything that the view's answers depend on, and nothing else: people with equal rights share one. */
function keyOf(rights: ReadonlyMap<string, KindRights>): string {
  const parts = [...rights].map(([plural, { isWhole, namespaces, names }]) => [
    plural,
    isWhole,
    [...namespaces].toSorted(),
    [...names].toSorted(),
  ]);
  return `rights:${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}

const NO_RIGHTS: KindRights = { isWhole: false, namespaces: new Set(), names: new Set() };

function rightsOf(rights: ReadonlyMap<string, KindRights>, plural: string): KindRights {
  return rights.get(plural) ?? NO_RIGHTS;
}

function nameKey({ namespace = '', name }: Pick<PlaneScope, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Runs a task for each item, some at a time, and throws the first error. */
async function inTurns<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const work = async () => {
    for (const item of waiting) await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, items.length) }, work));
}
