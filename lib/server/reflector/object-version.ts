import 'server-only';
import { isJsonObject } from '@/lib/plane/json/json';
import type { ObjectVersion } from './watch-comparison';

/** Returns an object's uid, key and version; null for anything that isn't a stored Kubernetes object. */
export function objectVersion(object: unknown): ObjectVersion | null {
  const metadata = isJsonObject(object) ? object.metadata : undefined;
  if (!isJsonObject(metadata)) return null;
  const { uid, namespace, name, resourceVersion } = metadata;
  if (typeof uid !== 'string' || typeof name !== 'string' || typeof resourceVersion !== 'string') return null;
  return { uid, key: typeof namespace === 'string' ? `${namespace}/${name}` : name, resourceVersion };
}
