import 'server-only';
import type { RegistrationKinds, RegistrationNamespaces } from '@/lib/api/registration';
import type { Access } from '@/lib/plane/model/access';
import { PLANE_GROUP, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { servedKinds } from '@/lib/server/catalog/served-kinds';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { type ListedObject, listMetadata } from '@/lib/server/kube/object-metadata';
import { type AccessQuestion, reviewAccess } from '@/lib/server/rights/access-reviews';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** Rights are reviewed in at most this many namespaces; in others the API server decides when the caller writes. */
const MAX_REVIEWED = 200;
const CONCURRENCY = 8;

/** Returns the installed kinds, each with whether the caller may create planes of it. */
export async function registrationKinds(caller: Caller): Promise<RegistrationKinds> {
  const kinds = servedKinds();
  const answer = await listNamespaces(caller);
  const namespaces = answer.state === 'not-visible' ? null : answer.namespaces.map(({ name }) => name);
  const rights = kinds.map(async ({ entry }) => ({
    plural: entry.plural,
    create: await mayCreateAnywhere(caller, entry, namespaces),
  }));
  return { kinds: await Promise.all(rights) };
}

/** Returns the namespaces with what the caller may create in each: planes of the kind, and Secrets. */
export async function registrationNamespaces(
  caller: Caller,
  entry: PlaneKindEntry,
): Promise<RegistrationNamespaces> {
  const answer = await listNamespaces(caller);
  if (answer.state === 'not-visible')
    return { state: 'not-visible', organisationsKnown: false, namespaces: [] };
  const { namespaces } = answer;
  const plane = { verb: 'create', group: PLANE_GROUP, resource: entry.plural } as const;
  const secret = { verb: 'create', group: '', resource: 'secrets' } as const;
  const names = namespaces.map(({ name }) => name);
  const [planeAccess, secretAccess] = await Promise.all([
    entry.scope === 'Cluster' ? everywhere(caller, plane, names) : byNamespace(caller, plane, names),
    byNamespace(caller, secret, names),
  ]);
  return {
    state: answer.state,
    organisationsKnown: namespaces.some(isOrganisation),
    namespaces: namespaces.map((namespace) => ({
      name: namespace.name,
      organisation: isOrganisation(namespace),
      createPlane: planeAccess.get(namespace.name) ?? UNKNOWN,
      createSecret: secretAccess.get(namespace.name) ?? UNKNOWN,
    })),
  };
}

type Namespace = Pick<ListedObject, 'name' | 'labels'>;

type NamespaceAnswer =
  | { readonly state: 'listed' | 'configured'; readonly namespaces: readonly Namespace[] }
  | { readonly state: 'not-visible' };

/**
 * Returns the namespaces to choose from. If Planeboard shows only some, these are the choice, without those that don't
 * exist if the caller may list them.
 *
 * @throws KubeError for any failure but a missing right to list
 */
async function listNamespaces(caller: Caller): Promise<NamespaceAnswer> {
  const { namespaces: shown } = getRuntime();
  const answer = await listExisting(caller);
  if (shown.length === 0) return answer;
  const namespaces =
    answer.state === 'not-visible'
      ? shown.map((name) => ({ name, labels: {} }))
      : answer.namespaces.filter(({ name }) => shown.includes(name));
  return { state: 'configured', namespaces };
}

/**
 * Returns the existing namespaces, those of organisations first, then by name. Omits those being deleted, because
 * nothing can be created in them.
 *
 * @throws KubeError for any failure but a missing right to list
 */
async function listExisting(caller: Caller): Promise<NamespaceAnswer> {
  try {
    const listed = await listMetadata(caller.client, '/api/v1/namespaces');
    const namespaces = listed
      .filter((namespace) => !namespace.deleting)
      .sort((a, b) => Number(isOrganisation(b)) - Number(isOrganisation(a)) || (a.name < b.name ? -1 : 1));
    return { state: 'listed', namespaces };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'forbidden') return { state: 'not-visible' };
    throw failure;
  }
}

/**
 * OpenChoreo labels the namespace of an organisation with `openchoreo.dev/control-plane=true` from 1.0 on, and with
 * `openchoreo.dev/controlplane-namespace` from 0.14 to 0.17.
 */
function isOrganisation({ labels }: Pick<Namespace, 'labels'>): boolean {
  const earlier = labels['openchoreo.dev/controlplane-namespace'];
  return labels['openchoreo.dev/control-plane'] === 'true' || (earlier !== undefined && earlier !== 'false');
}

const UNKNOWN: Access = { state: 'unknown' };

async function everywhere(
  caller: Caller,
  question: AccessQuestion,
  names: readonly string[],
): Promise<Map<string, Access>> {
  const access = await reviewAccess(caller, question);
  return new Map(names.map((name) => [name, access]));
}

/** A right in all namespaces takes only one review. */
async function byNamespace(
  caller: Caller,
  question: AccessQuestion,
  names: readonly string[],
): Promise<Map<string, Access>> {
  const clusterWide = await reviewAccess(caller, question);
  if (clusterWide.state === 'allowed') return new Map(names.map((name) => [name, clusterWide]));
  const answers = await boundedMap(names.slice(0, MAX_REVIEWED), CONCURRENCY, async (namespace) => {
    const access = await reviewAccess(caller, { ...question, namespace });
    return [namespace, access] as const;
  });
  return new Map(answers);
}

/**
 * Returns whether the caller may create planes of the kind anywhere. If the right exists neither cluster-wide nor in
 * a reviewed namespace, it may exist in one that wasn't reviewed or can't be listed: then the answer is unknown.
 *
 * @param namespaces null: the caller may not list them
 */
async function mayCreateAnywhere(
  caller: Caller,
  entry: PlaneKindEntry,
  namespaces: readonly string[] | null,
): Promise<Access> {
  const question = { verb: 'create', group: PLANE_GROUP, resource: entry.plural } as const;
  const clusterWide = await reviewAccess(caller, question);
  if (clusterWide.state !== 'denied' || entry.scope === 'Cluster') return clusterWide;
  if (namespaces === null) return UNKNOWN;
  const reviewed = namespaces.slice(0, MAX_REVIEWED);
  let best: Access = namespaces.length > reviewed.length ? UNKNOWN : deniedEverywhere(entry);
  for (let from = 0; from < reviewed.length; from += CONCURRENCY) {
    const answers = await Promise.all(
      reviewed
        .slice(from, from + CONCURRENCY)
        .map((namespace) => reviewAccess(caller, { ...question, namespace })),
    );
    if (answers.some(({ state }) => state === 'allowed')) return { state: 'allowed' };
    if (answers.some(({ state }) => state === 'unknown')) best = UNKNOWN;
  }
  return best;
}

function deniedEverywhere({ plural }: PlaneKindEntry): Access {
  return {
    state: 'denied',
    reason: `Ask an administrator for permission to create ${plural}.${PLANE_GROUP} in a namespace.`,
  };
}

/** Maps all items, at most `concurrency` at a time, and returns the answers in order. The first error ends it. */
async function boundedMap<T, R>(
  items: readonly T[],
  concurrency: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const work = async () => {
    // All workers take from the same iterator, so each item is taken once.
    for (const [index, item] of queue) results.set(index, await map(item));
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return items.flatMap((_, index) => (results.has(index) ? [results.get(index) as R] : []));
}
