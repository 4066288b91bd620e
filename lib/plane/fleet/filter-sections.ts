import { kindOfName, ROLE_LABELS, type Scope } from '@/lib/plane/model/kinds';
import { CERTIFICATE_TRAIT_LABELS, CERTIFICATE_TRAITS } from './certificate-trait';
import type { FleetFacets } from './fleet-facets';
import { NO_OWNER } from './fleet-view';

/** The filters that are lists of values, except health, which is shown with its counts. */
export type ListFilterName =
  | 'roles'
  | 'kinds'
  | 'scopes'
  | 'namespaces'
  | 'owners'
  | 'certificates'
  | 'labels';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
  readonly planes: number;
}

export interface FilterSection {
  readonly name: ListFilterName;
  readonly title: string;
  readonly options: readonly FilterOption[];
}

const SCOPE_LABELS: Record<Scope, string> = { Namespaced: 'Namespaced', Cluster: 'Cluster-wide' };

/** Returns the label of a filter's value. */
export function filterLabel(name: ListFilterName, value: string): string {
  if (name === 'roles') return Object.entries(ROLE_LABELS).find(([role]) => role === value)?.[1] ?? value;
  if (name === 'kinds') return kindOfName(value)?.label ?? value;
  if (name === 'certificates') {
    const trait = CERTIFICATE_TRAITS.find((item) => item === value);
    return trait ? CERTIFICATE_TRAIT_LABELS[trait] : value;
  }
  if (name === 'owners') return value === NO_OWNER ? 'No owner' : value;
  if (name === 'scopes') return value === 'Cluster' ? SCOPE_LABELS.Cluster : SCOPE_LABELS.Namespaced;
  return value;
}

/** Returns the sections of filters for the fleet, without empty sections. */
export function filterSections(facets: FleetFacets): FilterSection[] {
  const section = (
    name: ListFilterName,
    title: string,
    values: readonly { value: string; planes: number }[],
  ) => ({
    name,
    title,
    options: values.map(({ value, planes }) => ({ value, label: filterLabel(name, value), planes })),
  });
  const labels = [...facets.labels].map(([key, values]) => ({
    name: 'labels' as const,
    title: `Label ${key}`,
    options: values.map(({ value, planes }) => ({
      value: `${key}=${value}`,
      label: value === '' ? '(empty)' : value,
      planes,
    })),
  }));
  return [
    section('roles', 'Role', facets.roles),
    section('kinds', 'Kind', facets.kinds),
    section('scopes', 'Scope', facets.scopes),
    section('namespaces', 'Namespace', facets.namespaces),
    section('owners', 'Owner', facets.owners),
    section('certificates', 'Certificate', facets.certificates),
    ...labels,
  ].filter((item) => item.options.length > 0);
}
