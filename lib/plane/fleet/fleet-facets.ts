import { kindOfName, PLANE_KINDS, ROLES, type Role, SCOPES, type Scope } from '@/lib/plane/model/kinds';
import { CERTIFICATE_TRAITS, type CertificateTrait, certificateTraits } from './certificate-trait';
import { type FleetEntry, NO_OWNER } from './fleet-view';

/** A value to filter by, with the number of planes of the whole fleet that have it. */
export interface Facet<T extends string = string> {
  readonly value: T;
  readonly planes: number;
}

export interface FleetFacets {
  readonly roles: readonly Facet<Role>[];
  readonly kinds: readonly Facet[];
  readonly scopes: readonly Facet<Scope>[];
  readonly namespaces: readonly Facet[];
  /** The most frequent first, `NO_OWNER` last; empty if no plane has an owner. */
  readonly owners: readonly Facet[];
  readonly certificates: readonly Facet<CertificateTrait>[];
  /** By label key: its values, the most frequent first. */
  readonly labels: ReadonlyMap<string, readonly Facet[]>;
}

class Counter {
  readonly counts = new Map<string, number>();

  add(value: string): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
  }

  /** Returns the values that occur, in the order of `all`. */
  inOrder<T extends string>(all: readonly T[]): Facet<T>[] {
    return all.flatMap((value) => {
      const planes = this.counts.get(value);
      return planes === undefined ? [] : [{ value, planes }];
    });
  }

  byName(): Facet[] {
    return this.inOrder([...this.counts.keys()].sort());
  }

  byFrequency(): Facet[] {
    return this.byName().sort((a, b) => b.planes - a.planes);
  }
}

function withNoneLast(owners: readonly Facet[]): readonly Facet[] {
  const named = owners.filter(({ value }) => value !== NO_OWNER);
  return named.length === 0 ? [] : [...named, ...owners.filter(({ value }) => value === NO_OWNER)];
}

/** Returns all values in the fleet that it can be filtered by. */
export function fleetFacets(entries: Iterable<FleetEntry>): FleetFacets {
  const roles = new Counter();
  const kinds = new Counter();
  const scopes = new Counter();
  const namespaces = new Counter();
  const owners = new Counter();
  const certificates = new Counter();
  const labels = new Map<string, Counter>();
  for (const entry of entries) {
    const { plane } = entry;
    for (const trait of certificateTraits(entry)) certificates.add(trait);
    const kind = kindOfName(plane.kind);
    if (kind) {
      roles.add(kind.role);
      scopes.add(kind.scope);
    }
    kinds.add(plane.kind);
    if (plane.namespace !== undefined) namespaces.add(plane.namespace);
    owners.add(plane.owner ?? NO_OWNER);
    for (const [key, value] of Object.entries(plane.labels)) {
      const values = labels.get(key) ?? new Counter();
      labels.set(key, values);
      values.add(value);
    }
  }
  return {
    roles: roles.inOrder(ROLES),
    kinds: kinds.inOrder(PLANE_KINDS.map((entry) => entry.kind)),
    scopes: scopes.inOrder(SCOPES),
    namespaces: namespaces.byName(),
    owners: withNoneLast(owners.byFrequency()),
    certificates: certificates.inOrder(CERTIFICATE_TRAITS),
    labels: new Map(
      [...labels].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, values]) => [key, values.byFrequency()]),
    ),
  };
}
