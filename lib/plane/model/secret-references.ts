import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';

/** A plain text in one of these fields is the name of a Secret (0.4 and 0.5). */
const REFERENCE_FIELDS: ReadonlySet<string> = new Set(['secretRef', 'secretKeyRef']);
/** Deeper than any real plane, but an attacker can nest without limit. */
const MAX_DEPTH = 32;

/**
 * Returns the Secrets that a plane's spec refers to for any purpose, as `<namespace>/<name>` without duplicates. A
 * reference is the value of `secretRef` or `secretKeyRef`, and any other object with a name and a key: a Secret must
 * not be deleted because a later release renames a field. The namespace defaults to the plane's own; a cluster-wide
 * plane's reference without one is ignored.
 *
 * @param raw the plane as the API server serves it
 */
export function secretsReferredTo(raw: unknown): string[] {
  if (!isJsonObject(raw)) return [];
  const { namespace } = isJsonObject(raw.metadata) ? raw.metadata : {};
  const found = new Set<string>();
  walk(raw.spec, textOf(namespace), found, 0);
  return [...found];
}

/**
 * Returns whether a plane's spec refers to a Secret.
 *
 * @param raw the plane as the API server serves it
 */
export function refersToSecret(
  raw: unknown,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): boolean {
  return secretsReferredTo(raw).includes(`${namespace}/${name}`);
}

function walk(value: unknown, own: string, found: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) for (const item of value) walk(item, own, found, depth + 1);
  if (!isJsonObject(value)) return;
  if ('key' in value) add(value, own, found);
  for (const [field, child] of Object.entries(value)) {
    if (REFERENCE_FIELDS.has(field)) add(isJsonObject(child) ? child : { name: child }, own, found);
    walk(child, own, found, depth + 1);
  }
}

function add(reference: JsonObject, own: string, found: Set<string>): void {
  const name = textOf(reference.name);
  const namespace = textOf(reference.namespace) || own;
  if (name !== '' && namespace !== '') found.add(`${namespace}/${name}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
