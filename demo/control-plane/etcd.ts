import { inParallel } from './in-parallel';

/** A response of etcd's JSON gateway. Keys and values are base64, numbers are strings. */
interface RangeAnswer {
  readonly kvs?: readonly { readonly key: string; readonly value: string; readonly mod_revision: string }[];
}

const MAX_ATTEMPTS = 10;
const CONCURRENT_DELETIONS = 8;
/** The prefix of every key of Kubernetes, and the first key after them. */
const ALL_KEYS = { key: base64('/registry/'), range_end: base64('/registry0') };

/**
 * Rewrites an object directly in etcd. Allows a change that the API server rejects: an earlier creation time. Custom
 * resources are stored as JSON. If the object changes in between, the rewrite is repeated and no change is lost.
 *
 * @param key such as `/registry/openchoreo.dev/dataplanes/<namespace>/<name>`
 */
export async function rewriteStored(
  etcdUrl: string,
  key: string,
  rewrite: (object: Record<string, unknown>) => void,
): Promise<void> {
  const encodedKey = base64(key);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const { kvs }: RangeAnswer = await call(etcdUrl, 'range', { key: encodedKey });
    const stored = kvs?.[0];
    if (!stored) throw new Error(`etcd has no key ${key}.`);
    const object: Record<string, unknown> = JSON.parse(Buffer.from(stored.value, 'base64').toString());
    rewrite(object);
    const value = base64(`${JSON.stringify(object)}\n`);
    const answer: { succeeded?: boolean } = await call(etcdUrl, 'txn', {
      compare: [{ key: encodedKey, target: 'MOD', result: 'EQUAL', mod_revision: stored.mod_revision }],
      success: [{ request_put: { key: encodedKey, value } }],
    });
    if (answer.succeeded) return;
  }
  throw new Error(`Couldn't rewrite ${key}: it changed during each of ${MAX_ATTEMPTS} attempts.`);
}

/** Returns the keys of all objects that Kubernetes stores. */
export async function storedKeys(etcdUrl: string): Promise<string[]> {
  const { kvs = [] }: RangeAnswer = await call(etcdUrl, 'range', { ...ALL_KEYS, keys_only: true });
  return kvs.map(({ key }) => Buffer.from(key, 'base64').toString());
}

/**
 * Stores a custom resource directly in etcd, in a fraction of the API server's time. The API server's watches see it
 * like any other creation, but it checks nothing, so the object needs the metadata that it would have set.
 *
 * @param key such as `/registry/openchoreo.dev/dataplanes/<namespace>/<name>`
 */
export async function putStored(etcdUrl: string, key: string, object: object): Promise<void> {
  // Not many in one transaction, for the same reason as in `deleteStored`.
  await call(etcdUrl, 'put', { key: base64(key), value: base64(`${JSON.stringify(object)}\n`) });
}

/**
 * Deletes objects directly in etcd: at once, without finalizers, and with whole namespaces. The API server's watches
 * see it like any other deletion. Each has a revision of its own: in one transaction they would share one, and a watch
 * that starts between them would miss the rest.
 */
export async function deleteStored(etcdUrl: string, keys: readonly string[]): Promise<void> {
  await inParallel(keys, CONCURRENT_DELETIONS, (key) => call(etcdUrl, 'deleterange', { key: base64(key) }));
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

async function call<T>(
  etcdUrl: string,
  verb: 'range' | 'put' | 'deleterange' | 'txn',
  body: unknown,
): Promise<T> {
  const answer = await fetch(`${etcdUrl}/v3/kv/${verb}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`etcd answered ${answer.status} to ${verb}.`);
  return (await answer.json()) as T;
}
