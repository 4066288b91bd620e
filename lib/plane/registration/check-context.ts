import type { Inspection } from '@/lib/plane/credentials/certificate-detail';

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
