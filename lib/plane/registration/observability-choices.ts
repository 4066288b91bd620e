import { isJsonObject, type Json } from '@/lib/plane/json/json';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import type { KnownPlane } from './known-planes';

const NAMESPACED = 'ObservabilityPlane';
const CLUSTER_WIDE = 'ClusterObservabilityPlane';

export interface ObservabilityChoice {
  /** `kind/name`; a reference has no namespace. */
  readonly key: string;
  readonly kind: string;
  readonly name: string;
}

export interface ObservabilityChoices {
  /** The kinds that a reference may name. In its oldest form it is only a name, of a namespaced plane. */
  readonly kinds: readonly string[];
  readonly planes: readonly (ObservabilityChoice & { readonly label: string })[];
}

/**
 * Returns the observability planes that a plane can name: those in its own namespace and cluster-wide ones, as far as
 * the schema allows.
 *
 * @param node the schema of `observabilityPlaneRef`
 * @param namespace the plane's own; empty for cluster-wide kinds and while none is chosen
 * @param planes null if unknown
 */
export function observabilityChoices(
  node: SchemaNode,
  namespace: string,
  planes: readonly KnownPlane[] | null,
): ObservabilityChoices {
  const kinds = node.type === 'string' ? [NAMESPACED] : (childNode(node, 'kind')?.enum ?? [NAMESPACED]);
  const isReachable = (plane: KnownPlane) =>
    kinds.includes(plane.kind) &&
    (plane.kind === CLUSTER_WIDE || (plane.kind === NAMESPACED && plane.namespace === namespace));
  const found = (planes ?? []).filter(isReachable).map(({ kind, name }) => ({
    key: `${kind}/${name}`,
    kind,
    name,
    label: kind === CLUSTER_WIDE ? `${name} (cluster-wide)` : `${name} (namespace ${namespace})`,
  }));
  return { kinds, planes: found.toSorted((a, b) => a.key.localeCompare(b.key)) };
}

/** Returns the target of the draft's reference, or null. */
export function observabilityChoice(value: Json | undefined): ObservabilityChoice | null {
  if (typeof value === 'string')
    return value === '' ? null : { key: `${NAMESPACED}/${value}`, kind: NAMESPACED, name: value };
  if (!isJsonObject(value)) return null;
  const { kind, name } = value;
  if (typeof kind !== 'string' || typeof name !== 'string') return null;
  return { key: `${kind}/${name}`, kind, name };
}

/** Returns the draft's value of a reference in the schema's form. */
export function referenceValue(node: SchemaNode, kind: string, name: string): Json {
  return node.type === 'string' ? name : { kind, name };
}
