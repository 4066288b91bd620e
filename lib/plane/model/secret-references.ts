import { isJsonObject } from '@/lib/plane/json/json';

const REFERENCE_FIELDS: ReadonlySet<string> = new Set(['secretRef', 'secretKeyRef']);
/** Deeper than any plane; whoever writes one may nest as they like. */
const MAX_DEPTH = 32;

/**
 * The Secrets that a plane's spec names, as `<namespace>/<name>`, each once: for whatever, be it the agent's CA or a
 * client certificate. A reference is an object with a name, or in 0.4 and 0.5 the plain name; without a namespace it
 * stays in the plane's own, and a cluster-wide plane's then leads nowhere.
 *
 * @param raw the plane as the API server serves it
 */
export function secretsNamedBy(raw: unknown): string[] {
  if (!isJsonObject(raw)) return [];
  const { namespace } = isJsonObject(raw.metadata) ? raw.metadata : {};
  const found = new Set<string>();
  walk(raw.spec, typeof namespace === 'string' ? namespace : undefined, found, 0);
  return [...found];
}

function walk(value: unknown, own: string | undefined, found: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) for (const item of value) walk(item, own, found, depth + 1);
  if (!isJsonObject(value)) return;
  for (const [name, child] of Object.entries(value)) {
    const secret = REFERENCE_FIELDS.has(name) ? secretOf(child, own) : null;
    if (secret !== null) found.add(secret);
    else walk(child, own, found, depth + 1);
  }
}

function secretOf(reference: unknown, own: string | undefined): string | null {
  const { name, namespace } = isJsonObject(reference) ? reference : { name: reference, namespace: undefined };
  const where = typeof namespace === 'string' && namespace !== '' ? namespace : own;
  return typeof name === 'string' && name !== '' && where !== undefined ? `${where}/${name}` : null;
}
