/** A response of etcd's JSON gateway. Keys and values are base64, numbers are strings. */
interface RangeAnswer {
  readonly kvs?: readonly { readonly value: string; readonly mod_revision: string }[];
}

const MAX_ATTEMPTS = 10;

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
  const encodedKey = Buffer.from(key).toString('base64');
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const { kvs }: RangeAnswer = await call(etcdUrl, 'range', { key: encodedKey });
    const stored = kvs?.[0];
    if (!stored) throw new Error(`etcd has no key ${key}.`);
    const object: Record<string, unknown> = JSON.parse(Buffer.from(stored.value, 'base64').toString());
    rewrite(object);
    const value = Buffer.from(`${JSON.stringify(object)}\n`).toString('base64');
    const answer: { succeeded?: boolean } = await call(etcdUrl, 'txn', {
      compare: [{ key: encodedKey, target: 'MOD', result: 'EQUAL', mod_revision: stored.mod_revision }],
      success: [{ request_put: { key: encodedKey, value } }],
    });
    if (answer.succeeded) return;
  }
  throw new Error(`Couldn't rewrite ${key}: it changed during each of ${MAX_ATTEMPTS} attempts.`);
}

async function call<T>(etcdUrl: string, verb: 'range' | 'txn', body: unknown): Promise<T> {
  const answer = await fetch(`${etcdUrl}/v3/kv/${verb}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`etcd answered ${answer.status} to ${verb}.`);
  return (await answer.json()) as T;
}
