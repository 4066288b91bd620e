import type { JudgedPlane } from '@/lib/plane/health/health';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { formatAge } from '@/lib/plane/time/age';
import type { FleetFacts } from './fleet-facts';

/** All that a diagnosis goes by. What is null is not known: nothing is claimed that would need it. */
export interface DiagnosisInput {
  /** The plane, with its health as of `nowMs`. */
  readonly row: JudgedPlane;
  /** The other planes of the same role on the same planeID. */
  readonly siblings: readonly JudgedPlane[];
  readonly fleet: FleetFacts;
  readonly limits: HealthLimits;
  readonly features: KindFeatures | null;
  /**
   * With when they were read, milliseconds since the epoch on the API server's clock: a lease is judged at that moment,
   * as it would seem to grow old on a page that stays open.
   */
  readonly related: { readonly value: RelatedResources; readonly readAtMs: number } | null;
  /** Planeboard's server has fallen silent, as `HealthFacts` say. */
  readonly serverSilent: boolean;
  /** kubectl contexts for the commands; null: not known, so a placeholder stands there. */
  readonly contexts: { readonly plane: string | null; readonly controlPlane: string | null };
  /** The namespace of OpenChoreo's own components. */
  readonly controlPlaneNamespace: string;
  /** The API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Whether the plane's kind is cluster-wide. */
export function isClusterWide({ row }: DiagnosisInput): boolean {
  return kindOfName(row.plane.kind)?.scope === 'Cluster';
}

/** How long ago the plane's surroundings were read: ` 12 s ago`. */
export function readAge({ related, nowMs }: DiagnosisInput): string {
  return related === null ? '' : ` ${formatAge(nowMs - related.readAtMs)} ago`;
}

/** Where the plane's CA is named. */
export function caField({ features }: DiagnosisInput): string {
  return features?.optionalAgent && !features.clusterAgent
    ? 'spec.agent.clientCA'
    : 'spec.clusterAgent.clientCA';
}
