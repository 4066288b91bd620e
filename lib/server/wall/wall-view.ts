import 'server-only';
import type { WallLimits } from '@/lib/api/wall';
import type { HealthState } from '@/lib/plane/health/health-state';
import { kindOfName, kindOfPlural, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { labelTest } from '@/lib/plane/model/labels';
import type { Plane } from '@/lib/plane/model/plane';
import type { WallLimitLists } from '@/lib/plane/wall/wall-address';
import {
  parseWallFilter,
  parseWallGroup,
  type WallFilter,
  type WallGroup,
} from '@/lib/plane/wall/wall-filter';

/** What one wall shows: its token's limits, the filter in its address, and the grouping of its tiles. */
export interface WallView {
  readonly limits: WallLimits;
  readonly filter: WallFilter;
  readonly group: WallGroup | null;
}

/** The limits of a token, or an open wall, that limits nothing. */
export const NO_LIMITS: WallLimits = { kinds: [], roles: [], namespaces: [] };

/** Returns the view that an address requests within a token's limits. */
export function wallViewOf(limits: WallLimits, parameters: URLSearchParams): WallView {
  return { limits, filter: parseWallFilter(parameters), group: parseWallGroup(parameters) };
}

/** Returns a key for the view: walls with the same view get the same bytes. */
export function wallViewKey({ limits, filter, group }: WallView): string {
  const { kinds, roles, namespaces } = limits;
  return JSON.stringify([
    kinds,
    roles,
    namespaces,
    filter.kinds,
    filter.roles,
    filter.namespaces,
    filter.labels,
    filter.health,
    group,
  ]);
}

/** Returns whether a wall shows planes of all kinds and namespaces, whatever their labels. */
export function showsAllPlanes({ limits, filter }: WallView): boolean {
  if (filter.labels.length > 0) return false;
  return [limits, filter].every(({ kinds, roles, namespaces }) =>
    [kinds, roles, namespaces].every((values) => values.length === 0),
  );
}

/** Returns a test of one plane against limits alone: whether a link may say anything about it. */
export function isWithinLimits({
  kinds,
  roles,
  namespaces,
}: WallLimitLists): (plane: Pick<Plane, 'kind' | 'namespace'>) => boolean {
  const ofKind = kindTest(kinds, roles);
  const inNamespace = oneOf(namespaces);
  return (plane) => {
    const entry = kindOfName(plane.kind);
    // A cluster-wide plane is in none of the requested namespaces.
    return entry !== undefined && ofKind(entry) && inNamespace(plane.namespace);
  };
}

/** Returns a test of one plane against limits and filter, both of which must accept it, in whatever state it is. */
export function isInScope({ limits, filter }: WallView): (plane: Plane) => boolean {
  const tests = [limits, filter].map(isWithinLimits);
  const hasLabels = labelTest(filter.labels);
  return (plane) => tests.every((test) => test(plane)) && hasLabels(plane);
}

/** Returns a test of whether a wall shows a plane in a state. */
export function wallMatcher(view: WallView): (plane: Plane, state: HealthState) => boolean {
  const inScope = isInScope(view);
  const inState = oneOf(view.filter.health);
  return (plane, state) => inState(state) && inScope(plane);
}

/** Returns whether a wall shows planes of the kind with that plural. Contact with other kinds doesn't concern it. */
export function showsPlural({ limits, filter }: WallView, plural: string): boolean {
  const entry = kindOfPlural(plural);
  if (entry === undefined) return false;
  return [limits, filter].every(
    ({ kinds, roles, namespaces }) =>
      // A cluster-wide plane is in none of the requested namespaces.
      kindTest(kinds, roles)(entry) && (entry.scope === 'Namespaced' || namespaces.length === 0),
  );
}

/** Returns whether a wall shows planes of a namespace. */
export function showsNamespace({ limits, filter }: WallView, namespace: string): boolean {
  return [limits, filter].every(({ namespaces }) => oneOf(namespaces)(namespace));
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
