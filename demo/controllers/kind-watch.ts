import { setTimeout as sleep } from 'node:timers/promises';
import { type KubeClient, KubeError } from '@/demo/control-plane/kube-client';
import type { JsonSchema } from '@/demo/crds/schema';
import { PLANE_GROUP, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { collectionOf, type PlaneObject, type SimulatedKind } from './plane-object';

const PAGE_SIZE = 500;
const RETRY_MS = 500;
const NOT_SERVED_RETRY_MS = 1_000;
const WATCH_TIMEOUT_S = 300;

export interface KindWatchListener {
  /** A plane is new or changed. */
  onUpsert(kind: SimulatedKind, plane: PlaneObject): void;
  onDelete(uid: string): void;
  /** All planes of the kind have been reported, or the kind isn't served. May be called repeatedly. */
  onListed(entry: PlaneKindEntry): void;
}

interface List {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly PlaneObject[];
}

/**
 * A reflector for one plane kind: lists in pages, then watches. When the watch ends for any reason (timeout, API
 * server killed, kind no longer served, 410), it lists again. Returns when the signal aborts.
 */
export async function watchKind(
  client: KubeClient,
  entry: PlaneKindEntry,
  listener: KindWatchListener,
  signal: AbortSignal,
): Promise<void> {
  const known = new Set<string>();
  while (!signal.aborted) {
    try {
      const kind = await readSimulatedKind(client, entry);
      const path = collectionOf(entry.kind, undefined);
      const resourceVersion = await relist(kind, path);
      listener.onListed(entry);
      await follow(kind, `${path}?watch=1&resourceVersion=${resourceVersion}`);
      // An upgraded definition ends its watches, so the next round reads the kind again too.
      await pause(RETRY_MS);
    } catch (error) {
      if (signal.aborted) return;
      const notServed = error instanceof KubeError && error.status === 404;
      if (notServed) {
        for (const uid of known) forget(uid);
        listener.onListed(entry);
      }
      await pause(notServed ? NOT_SERVED_RETRY_MS : RETRY_MS);
    }
  }

  function forget(uid: string): void {
    known.delete(uid);
    listener.onDelete(uid);
  }

  /** Lists all planes and reports those that are missing since the last list as deleted. */
  async function relist(kind: SimulatedKind, path: string): Promise<string> {
    const { items, resourceVersion } = await listAll(client, path);
    const present = new Set(items.map(uidOf));
    for (const uid of known) if (!present.has(uid)) forget(uid);
    for (const item of items) {
      known.add(uidOf(item));
      listener.onUpsert(kind, slim(item));
    }
    return resourceVersion;
  }

  async function follow(kind: SimulatedKind, path: string): Promise<void> {
    const options = `&allowWatchBookmarks=true&timeoutSeconds=${WATCH_TIMEOUT_S}`;
    for await (const event of client.watch(path + options, signal)) {
      const { type, object } = event as { type: string; object: PlaneObject };
      if (type === 'ERROR') return;
      if (type === 'BOOKMARK') continue;
      if (type === 'DELETED') forget(uidOf(object));
      else {
        known.add(uidOf(object));
        listener.onUpsert(kind, slim(object));
      }
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal }).catch(() => {});
  }
}

async function listAll(
  client: KubeClient,
  path: string,
): Promise<{ items: PlaneObject[]; resourceVersion: string }> {
  const items: PlaneObject[] = [];
  let resourceVersion = '';
  let next: string | undefined = '';
  while (next !== undefined) {
    const page: List = await client.get(
      `${path}?limit=${PAGE_SIZE}${next ? `&continue=${encodeURIComponent(next)}` : ''}`,
    );
    items.push(...page.items);
    resourceVersion = page.metadata.resourceVersion;
    next = page.metadata.continue || undefined;
  }
  return { items, resourceVersion };
}

/** Reads a kind's capabilities from the installed definition. Real controllers know those of their release. */
async function readSimulatedKind(client: KubeClient, entry: PlaneKindEntry): Promise<SimulatedKind> {
  const crd = await client.get<{
    spec: { versions: { schema: { openAPIV3Schema: JsonSchema } }[] };
  }>(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${entry.plural}.${PLANE_GROUP}`);
  const root = crd.spec.versions[0]?.schema.openAPIV3Schema.properties;
  const has = (part: 'spec' | 'status', name: string) => root?.[part]?.properties?.[name] !== undefined;
  return {
    entry,
    reportsAgent: has('status', 'agentConnection'),
    hasConditions: has('status', 'conditions'),
    usesGateway: has('spec', 'clusterAgent'),
  };
}

/** Drops the managed fields, which make up half of an object and aren't used here. */
function slim(plane: PlaneObject): PlaneObject {
  const { managedFields: _managed, ...metadata } = plane.metadata as PlaneObject['metadata'] & {
    managedFields?: unknown;
  };
  return { ...plane, metadata };
}

function uidOf(plane: PlaneObject): string {
  return plane.metadata.uid ?? '';
}
