import type { Inspection } from '@/lib/plane/credentials/certificate-detail';
import { REGISTERED_BY_ANNOTATION } from '@/lib/plane/model/annotations';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import type { PatternMatcher } from '@/lib/plane/schema/pattern';
import { childNode } from '@/lib/plane/schema/schema-node';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { Draft } from './draft';

/** An existing plane, as far as a draft is checked against it. */
export type KnownPlane = Pick<
  Plane,
  'uid' | 'plural' | 'kind' | 'namespace' | 'name' | 'planeID' | 'createdAt'
>;

/** Facts for the check that aren't in the draft. Null means unknown: checks that depend on it are skipped. */
export interface CheckContext {
  readonly planes: readonly KnownPlane[] | null;
  /** Whether other planes may exist that the person can't see. Then a plane that isn't known may exist. */
  readonly hasHiddenPlanes: boolean;
  /** The text from `createdByText` for the plane with the draft's name; absent if unknown. */
  readonly namesakeCreated?: string | undefined;
  /** Namespaces that can hold a plane of this kind. */
  readonly namespaces: readonly string[] | null;
  /** Absent: patterns that need an engine of their own are left to the API server. */
  readonly matchesPattern?: PatternMatcher | undefined;
  /** Keyed by the slot's id. */
  readonly inspections: Readonly<Record<string, Inspection | undefined>>;
}

/** Returns the planeID of the draft's plane, which defaults to the name. Null if the kind has none. */
export function planeIDOf(draft: Pick<Draft, 'name' | 'spec'>, kind: InstalledKind): string | null {
  if (!childNode(specSchema(kind), 'planeID')) return null;
  const { planeID } = draft.spec;
  const given = typeof planeID === 'string' ? planeID.trim() : '';
  return given || draft.name || null;
}

/**
 * Returns the planes that share a cluster with the draft's. The gateway identifies planes by plane type and planeID,
 * so a namespaced kind and its cluster-wide counterpart can be siblings; planes of different roles never are.
 */
export function siblingsOf<P extends KnownPlane>(
  draft: Pick<Draft, 'name' | 'namespace' | 'spec'>,
  kind: InstalledKind,
  planes: readonly P[] | null,
): P[] {
  const planeID = planeIDOf(draft, kind);
  if (planeID === null || !planes) return [];
  return planes.filter(
    (plane) =>
      !hasNameOf(plane, draft, kind) &&
      plane.planeID === planeID &&
      kindOfName(plane.kind)?.planeType === kind.entry.planeType,
  );
}

/** Returns the existing plane with the draft's name. */
export function namesakeOf<P extends KnownPlane>(
  draft: Pick<Draft, 'name' | 'namespace'>,
  kind: InstalledKind,
  planes: readonly P[] | null,
): P | undefined {
  return planes?.find((plane) => hasNameOf(plane, draft, kind));
}

function hasNameOf(
  plane: KnownPlane,
  draft: Pick<Draft, 'name' | 'namespace'>,
  { entry }: InstalledKind,
): boolean {
  const namespace = entry.scope === 'Namespaced' ? draft.namespace : undefined;
  return plane.kind === entry.kind && plane.namespace === namespace && plane.name === draft.name;
}

const MAX_USER_CHARACTERS = 200;

/**
 * Describes when a plane was created and, for a registered plane, by whom: `created 2026-01-05 12:00:07 UTC by
 * alice`. Undefined if the time can't be read.
 *
 * @param createdAt RFC 3339, as the API server returns it
 * @param annotations null if they weren't read
 */
export function createdByText(
  createdAt: string,
  annotations: Readonly<Record<string, string>> | null,
): string | undefined {
  const createdAtMs = parseTimeMs(createdAt);
  if (createdAtMs === null) return undefined;
  const user = annotations?.[REGISTERED_BY_ANNOTATION];
  return `created ${formatUtc(createdAtMs)}${user ? ` by ${user.slice(0, MAX_USER_CHARACTERS)}` : ''}`;
}
