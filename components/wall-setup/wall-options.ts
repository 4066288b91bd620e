import type { FleetFacets } from '@/lib/plane/fleet/fleet-facets';
import {
  type ApiServerState,
  NO_PLANES_TITLES,
  noPlanesReason,
  noPlanesSentence,
  type SourceState,
} from '@/lib/plane/fleet/source-state';
import { HEALTH_LABELS, HEALTH_STATES } from '@/lib/plane/health/health-state';
import { kindOfPlural, PLANE_KINDS, ROLE_LABELS, ROLES } from '@/lib/plane/model/kinds';
import type { WallFilter } from '@/lib/plane/wall/wall-filter';

/** A value that a wall can be narrowed to. */
export interface WallOption {
  readonly value: string;
  readonly label: string;
  /** Why a wall would show nothing for it now; null if there's no reason. */
  readonly note: string | null;
}

/** The values to choose from. Values that were ever chosen stay, so they can be removed and added again. */
export type WallOptions = Readonly<Record<keyof WallFilter, readonly WallOption[]>>;

const FILTER_NAMES = ['roles', 'kinds', 'namespaces', 'labels', 'health'] as const;
const NOT_INSTALLED = 'not installed';

/**
 * Returns the values to choose from.
 *
 * @param plurals the installed kinds; null: not known, so all are offered
 * @param facets of the planes that are known; null: none yet
 * @param allPlanesKnown whether a namespace that isn't among the facets has no planes
 * @param chosen now or earlier: a checkbox that disappeared when unchecked would take the focus with it
 */
export function wallOptions(
  plurals: readonly string[] | null,
  facets: Pick<FleetFacets, 'namespaces'> | null,
  allPlanesKnown: boolean,
  chosen: WallFilter,
): WallOptions {
  const entries = plurals?.map(kindOfPlural) ?? null;
  const roles = ROLES.map((value) => ({ value, label: ROLE_LABELS[value] }));
  const kinds = PLANE_KINDS.map(({ kind: value, label }) => ({ value, label }));
  const namespaces = (facets?.namespaces ?? []).map(({ value }) => ({ value, label: value }));
  const health = HEALTH_STATES.map((value) => ({ value, label: HEALTH_LABELS[value] }));
  return {
    roles: options(
      roles,
      chosen.roles,
      entries && new Set(entries.map((entry) => entry?.role)),
      NOT_INSTALLED,
    ),
    kinds: options(
      kinds,
      chosen.kinds,
      entries && new Set(entries.map((entry) => entry?.kind)),
      NOT_INSTALLED,
    ),
    namespaces: options(
      namespaces,
      chosen.namespaces,
      allPlanesKnown ? new Set(namespaces.map(({ value }) => value)) : null,
      'no planes now',
    ),
    // There may be any number of labels, so only the chosen ones are listed; others are typed.
    labels: options([], chosen.labels, null, ''),
    health: options(health, chosen.health, null, ''),
  };
}

/**
 * Says why there are no namespaces to choose from.
 *
 * @param planes how many planes are known; null: none yet
 */
export function noNamespacesText(
  apiServer: { readonly state: ApiServerState },
  sources: readonly { readonly state: SourceState }[],
  planes: number | null,
): string {
  const reason = noPlanesReason(apiServer, sources);
  if (planes === null) return NO_PLANES_TITLES.reading;
  if (reason === 'none') return 'No namespaced planes yet.';
  if (planes > 0) return 'None of the planes you can see has a namespace.';
  return noPlanesSentence(reason);
}

/** More would make the browser's list slow. */
const MAX_SUGGESTIONS = 200;

/** Returns the labels of the known planes to suggest, as `key=value`. */
export function labelSuggestions(facets: Pick<FleetFacets, 'labels'> | null): readonly string[] {
  return [...(facets?.labels ?? [])]
    .flatMap(([key, values]) => values.map(({ value }) => `${key}=${value}`))
    .slice(0, MAX_SUGGESTIONS);
}

/** Adds newly chosen values to those chosen before; returns the same object while nothing is new. */
export function everChosen(before: WallFilter, chosen: WallFilter): WallFilter {
  const merged = (name: keyof WallFilter) => [...new Set([...before[name], ...chosen[name]])];
  const after = {
    roles: merged('roles'),
    kinds: merged('kinds'),
    namespaces: merged('namespaces'),
    labels: merged('labels'),
    health: merged('health'),
  };
  const hasNew = FILTER_NAMES.some((name) => after[name].length > before[name].length);
  return hasNew ? after : before;
}

/** @param here the values that planes can have here; null if that's unknown, or if they can have all */
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
