import { kindOfName } from '@/lib/plane/model/kinds';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode } from '@/lib/plane/schema/schema-node';
import type { ExistingPlane } from './check-context';
import type { Draft } from './draft';

/** The planeID that a plane made of the draft will have: absent it is the name. Null where the kind has none. */
export function planeIDOf(draft: Pick<Draft, 'name' | 'spec'>, kind: InstalledKind): string | null {
  if (!childNode(specSchema(kind), 'planeID')) return null;
  const { planeID } = draft.spec;
  const given = typeof planeID === 'string' ? planeID.trim() : '';
  return given || draft.name || null;
}

/**
 * The planes that will share a cluster with the draft's: the gateway tells planes apart by plane type and planeID, so
 * a namespaced kind and its cluster-wide twin can be siblings, and planes of different roles never are.
 */
export function siblingsOf<P extends ExistingPlane>(
  draft: Pick<Draft, 'name' | 'namespace' | 'spec'>,
  kind: InstalledKind,
  planes: readonly P[] | null,
): P[] {
  const planeID = planeIDOf(draft, kind);
  if (planeID === null || !planes) return [];
  const namespace = kind.entry.scope === 'Namespaced' ? draft.namespace : undefined;
  return planes.filter((plane) => {
    const isItself =
      plane.kind === kind.entry.kind && plane.namespace === namespace && plane.name === draft.name;
    return (
      !isItself && plane.planeID === planeID && kindOfName(plane.kind)?.planeType === kind.entry.planeType
    );
  });
}
