import 'server-only';
import { z } from '@/lib/zod';
import type { KubeClient } from './kube-client';
import { KubeError } from './kube-error';
import { listPages } from './list-pages';
import { METADATA_KIND } from './listed-kind';
import { type ObjectPlace, readObject } from './object-requests';
import { requestedObject } from './requested-object';

/** Pages of 500 objects each. */
const MAX_PAGES = 10;
const PAGE_TIMEOUT_MS = 10_000;
/** Makes the API server send nothing but metadata, so no value of a Secret reaches this process. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
export const METADATA_LIST_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

const objectSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    creationTimestamp: z.string().default(''),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
});

const listedSchema = z.object({
  kind: z.literal('PartialObjectMetadata'),
  metadata: z.object({
    namespace: z.string().optional(),
    name: z.string(),
    uid: z.string().default(''),
    creationTimestamp: z.string().default(''),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
  }),
});

export interface ObjectMetadata {
  readonly uid: string;
  /** Empty when the API server didn't say. */
  readonly createdAt: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The metadata of one object of a list. */
export interface ListedObject extends ObjectMetadata {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly deleting: boolean;
}

/**
 * Reads only the metadata of an object; null when it doesn't exist.
 *
 * @throws KubeError, `bad-answer` when the answer is another object's
 */
export async function readMetadata(
  client: Pick<KubeClient, 'request'>,
  { path, namespace, name }: Pick<ObjectPlace, 'path' | 'namespace' | 'name'>,
): Promise<ObjectMetadata | null> {
  const body = await readObject(client, path, { headers: { accept: METADATA_ONLY } });
  if (body === null) return null;
  const read = objectSchema.safeParse(requestedObject(body, { ...METADATA_KIND, namespace, name })).data;
  if (!read) throw new KubeError('bad-answer', 'The API server returned invalid metadata.');
  const { creationTimestamp: createdAt, ...metadata } = read.metadata;
  return { ...metadata, createdAt };
}

/**
 * Lists the objects of a collection by their metadata alone, up to 5,000 of them.
 *
 * @throws KubeError
 */
export async function listMetadata(
  client: Pick<KubeClient, 'request'>,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<ListedObject[]> {
  const listed: ListedObject[] = [];
  let pages = 0;
  const options = { query, headers: { accept: METADATA_LIST_ONLY }, timeoutMs: PAGE_TIMEOUT_MS };
  for await (const { items } of listPages(client, path, METADATA_KIND, options)) {
    listed.push(...items.map(listedObject));
    pages += 1;
    if (pages === MAX_PAGES) break;
  }
  return listed;
}

function listedObject(item: unknown): ListedObject {
  const read = listedSchema.safeParse(item).data;
  if (!read) throw new KubeError('bad-answer', 'The API server returned invalid metadata.');
  const { namespace, creationTimestamp: createdAt, deletionTimestamp, ...metadata } = read.metadata;
  return { ...metadata, namespace, createdAt, deleting: deletionTimestamp !== undefined };
}
