import type { Inspection } from '@/lib/plane/credentials/certificate-detail';
import { REGISTERED_BY_ANNOTATION } from '@/lib/plane/model/annotations';
import { kindOfName } from '@/lib/plane/model/kinds';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode } from '@/lib/plane/schema/schema-node';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { Draft } from './draft';

/** A plane that exists, as far as names and references go. */
export interface ExistingPlane {
  readonly plural: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly planeID: string | null;
  /** How it came to be, as far as is known: `created 2026-01-05 12:00:07 UTC by alice`. */
  readonly made?: string | undefined;
}

/** What is known beside the draft itself. Null: not known, so nothing that depends on it is checked. */
export interface CheckContext {
  readonly planes: readonly ExistingPlane[] | null;
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
