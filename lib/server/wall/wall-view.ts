import 'server-only';
import type { WallLimits } from '@/lib/api/wall';
import type { HealthState } from '@/lib/plane/health/health-state';
import { kindOfName, kindOfPlural, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import {
  parseWallFilter,
  parseWallGroup,
  type WallFilter,
  type WallGroup,
} from '@/lib/plane/wall/wall-filter';

/** What one wall shows: what its token lets it see, what its address narrows that to, and what tiles are gathered by. */
export interface WallView {
  readonly limits: WallLimits;
  readonly filter: WallFilter;
  readonly group: WallGroup | null;
}

/** A token, or an open wall, that narrows nothing. */
export const NO_LIMITS: WallLimits = { kinds: [], roles: [], namespaces: [] };

/** The view that an address asks for within a token's limits. */
export function wallViewOf(limits: WallLimits, parameters: URLSearchParams): WallView {
  return { limits, filter: parseWallFilter(parameters), group: parseWallGroup(parameters) };
}

/** Walls with the same view get the same bytes. */
export function wallViewKey({ limits, filter, group }: WallView): string {
  const { kinds, roles, namespaces } = limits;
  return JSON.stringify([
    kinds,
    roles,
    namespaces,
    filter.kinds,
    filter.roles,
    filter.namespaces,
    filter.health,
    group,
  ]);
}

/** A test of one plane against limits and filter, both of which must let it through. */
export function wallMatcher({ limits, filter }: WallView): (plane: Plane, state: HealthState) => boolean {
  const tests = [limits, filter].map(({ kinds, roles, namespaces }) => {
    const ofKind = kindTest(kinds, roles);
    const inNamespace = oneOf(namespaces);
    return (plane: Plane) => {
      const entry = kindOfName(plane.kind);
      // A plane of no namespace is in none of those that are asked for.
      return entry !== undefined && ofKind(entry) && inNamespace(plane.namespace);
    };
  });
  const inState = oneOf(filter.health);
  return (plane, state) => inState(state) && tests.every((test) => test(plane));
}

/** Whether a wall shows planes of the kind with that plural: what is not heard of any other does not concern it. */
export function showsPlural({ limits, filter }: WallView, plural: string): boolean {
  const entry = kindOfPlural(plural);
  return entry !== undefined && [limits, filter].every(({ kinds, roles }) => kindTest(kinds, roles)(entry));
}

function kindTest(kinds: readonly string[], roles: readonly string[]): (entry: PlaneKindEntry) => boolean {
  const [ofKind, ofRole] = [oneOf(kinds), oneOf(roles)];
  return (entry) => ofKind(entry.kind) && ofRole(entry.role);
}

/** An empty list restricts nothing. */
function oneOf(values: readonly string[]): (value: string | undefined) => boolean {
  if (values.length === 0) return () => true;
  const set = new Set(values);
  return (value) => value !== undefined && set.has(value);
}
