import type { JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';

/** Returns the name of the ClusterSecretStore, in the plane's own cluster, that a spec refers to, or null. */
export function secretStoreName(spec: JsonObject): string | null {
  const name = valueAt(spec, ['secretStoreRef', 'name']);
  return typeof name === 'string' && name !== '' ? name : null;
}
