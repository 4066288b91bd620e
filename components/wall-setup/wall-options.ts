import type { FleetFacets } from '@/lib/plane/fleet/fleet-facets';
import { HEALTH_LABELS, HEALTH_STATES } from '@/lib/plane/health/health-state';
import { kindOfPlural, PLANE_KINDS, ROLE_LABELS, ROLES } from '@/lib/plane/model/kinds';
import type { WallFilter } from '@/lib/plane/wall/wall-filter';

/** Something that a wall can be narrowed to. */
export interface WallOption {
  readonly value: string;
  readonly label: string;
  /** Why nothing would be shown for it now; null: nothing speaks against it. */
  readonly note: string | null;
}

/** What can be chosen of planes. What was chosen once is always among it: it can be taken out, and put in again. */
export type WallOptions = Readonly<Record<keyof WallFilter, readonly WallOption[]>>;

const FILTER_NAMES = ['roles', 'kinds', 'namespaces', 'health'] as const;
const NOT_INSTALLED = 'not installed here';

/**
 * @param plurals of the kinds that are installed
 * @param facets of the fleet's planes; null: they are not known yet
 * @param chosen now or before: a box that went as soon as it is unticked would take the focus with it
 */
export function wallOptions(
  plurals: readonly string[],
  facets: Pick<FleetFacets, 'namespaces'> | null,
  chosen: WallFilter,
): WallOptions {
  const entries = plurals.map(kindOfPlural);
  const roles = ROLES.map((value) => ({ value, label: ROLE_LABELS[value] }));
  const kinds = PLANE_KINDS.map(({ kind: value, label }) => ({ value, label }));
  const namespaces = (facets?.namespaces ?? []).map(({ value }) => ({ value, label: value }));
  const health = HEALTH_STATES.map((value) => ({ value, label: HEALTH_LABELS[value] }));
  return {
    roles: options(roles, chosen.roles, new Set(entries.map((entry) => entry?.role)), NOT_INSTALLED),
    kinds: options(kinds, chosen.kinds, new Set(entries.map((entry) => entry?.kind)), NOT_INSTALLED),
    namespaces: options(
      namespaces,
      chosen.namespaces,
      facets && new Set(namespaces.map(({ value }) => value)),
      'no plane is there now',
    ),
    health: options(health, chosen.health, null, ''),
  };
}

/** What was ever chosen: the same object while nothing new is. */
export function everChosen(before: WallFilter, chosen: WallFilter): WallFilter {
  const merged = (name: keyof WallFilter) => [...new Set([...before[name], ...chosen[name]])];
  const after = {
    roles: merged('roles'),
    kinds: merged('kinds'),
    namespaces: merged('namespaces'),
    health: merged('health'),
  };
  const hasNew = FILTER_NAMES.some((name) => after[name].length > before[name].length);
  return hasNew ? after : before;
}

/** @param here the values that planes can have here; null: it is not known, or all of them */
function options(
  known: readonly Omit<WallOption, 'note'>[],
  chosen: readonly string[],
  here: ReadonlySet<string | undefined> | null,
  absent: string,
): WallOption[] {
  const isHere = (value: string) => here === null || here.has(value);
  const unknown = chosen.filter((value) => !known.some((option) => option.value === value));
  return [
    ...known.filter(({ value }) => isHere(value) || chosen.includes(value)),
    ...unknown.map((value) => ({ value, label: value })),
  ].map((option) => ({ ...option, note: isHere(option.value) ? null : absent }));
}
