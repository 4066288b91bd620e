import type { Inspection } from '@/lib/plane/credentials/certificate-detail';
import { REGISTERED_BY_ANNOTATION } from '@/lib/plane/model/annotations';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode } from '@/lib/plane/schema/schema-node';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { Draft } from './draft';

/** A plane that exists, as far as a draft has to do with it. */
export type KnownPlane = Pick<
  Plane,
  'uid' | 'plural' | 'kind' | 'namespace' | 'name' | 'planeID' | 'createdAt'
>;

/** What is known beside the draft itself. Null: not known, so nothing that depends on it is checked. */
export interface CheckContext {
  readonly planes: readonly KnownPlane[] | null;
  /** How the plane that has the draft's name came to be, as `createdByText` says; absent: not known. */
  readonly namesakeCreated?: string | undefined;
  /** Namespaces in which a plane of this kind can be. */
  readonly namespaces: readonly string[] | null;
  /** By the slot's id. */
  readonly inspections: Readonly<Record<string, Inspection | undefined>>;
}

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

/** The plane that already has the draft's name. */
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
 * When a plane was made, and by whom where it was registered: `created 2026-01-05 12:00:07 UTC by alice`; undefined where
 * it does not tell.
 *
 * @param createdAt RFC 3339, as the API server has it
 * @param annotations null: they were not read
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
