import 'server-only';
import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { observabilityTarget } from '@/lib/plane/related/observability-target';
import type { ObservabilityTarget, Referrer } from '@/lib/plane/related/related-resources';
import { isSameObject } from '@/lib/plane/related/resource-reference';
import type { ServedKind } from '@/lib/plane/schema/installed-kind';
import { schemaAt } from '@/lib/plane/schema/schema-node';
import type { VisibleFleet } from '@/lib/server/fleet/visible-fleet';

/**
 * Returns what a plane's observability reference leads to. A kind has none if its schema lacks the field, or if the
 * installation has no observability planes, as before 0.8. An unreadable resource may refer to one that isn't known.
 */
export function findObservabilityTarget(
  entry: PlaneKindEntry,
  plane: Plane,
  served: readonly ServedKind[],
  fleet: VisibleFleet,
): ObservabilityTarget {
  const canRefer = !plane.unreadable && refersToObservability(entry, served);
  return plane.observabilityPlaneRef || canRefer
    ? observabilityTarget(plane, fleet.resolveReference)
    : { via: 'not-applicable' };
}

function refersToObservability({ kind, role }: PlaneKindEntry, served: readonly ServedKind[]): boolean {
  const schema = served.find(({ entry }) => entry.kind === kind)?.schema;
  if (schema) return schemaAt(schema, ['spec', 'observabilityPlaneRef']) !== undefined;
  return role !== 'observability' && served.some(({ entry }) => entry.role === 'observability');
}

export interface FoundReferrers {
  readonly referrers: readonly Referrer[];
  /** Kinds that could not be listed. */
  readonly notVisible: readonly string[];
  /** Kinds that are only partly included. */
  readonly cutShort: readonly string[];
}

/** The limit for each kind; the default of a large installation has thousands. */
export const MAX_REFERRERS = 200;

/** Returns the planes that use an observability plane, by name or by the default rule. */
export function referringPlanes(
  { kind, role }: PlaneKindEntry,
  { namespace, name }: Plane,
  served: readonly ServedKind[],
  fleet: VisibleFleet,
): FoundReferrers {
  if (role !== 'observability') return { referrers: [], notVisible: [], cutShort: [] };
  const referring = served.map(({ entry }) => entry).filter((entry) => refersToObservability(entry, served));
  const kinds = new Set<string>(referring.map((entry) => entry.kind));
  const self = { kind, namespace, name };
  const found = new Map<string, Referrer[]>();
  for (const plane of fleet.planes()) {
    if (!kinds.has(plane.kind) || (plane.unreadable && !plane.observabilityPlaneRef)) continue;
    const { via, target } = observabilityTarget(plane, fleet.resolveReference);
    if ((via !== 'explicit' && via !== 'default') || !target || !isSameObject(target, self)) continue;
    const where = plane.namespace === undefined ? {} : { namespace: plane.namespace };
    const ofKind = found.get(plane.kind) ?? [];
    found.set(plane.kind, ofKind);
    ofKind.push({ kind: plane.kind, ...where, name: plane.name, via });
  }
  return {
    referrers: [...found.values()].flatMap((ofKind) => ofKind.slice(0, MAX_REFERRERS)),
    notVisible: referring.filter(({ plural }) => !fleet.isComplete(plural)).map((entry) => entry.kind),
    cutShort: [...found].filter(([, ofKind]) => ofKind.length > MAX_REFERRERS).map(([name_]) => name_),
  };
}
