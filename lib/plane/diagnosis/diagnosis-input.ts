import type { GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import type { JudgedPlane } from '@/lib/plane/health/health';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import type { ShownEntry } from '@/lib/plane/history/connection-change';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { formatAge } from '@/lib/plane/time/age';
import type { FleetFacts } from './fleet-facts';

/** The input of a diagnosis. Null means unknown: the diagnosis claims nothing that depends on it. */
export interface DiagnosisInput {
  /** The plane, with its health as of `nowMs`. */
  readonly row: JudgedPlane;
  /** The other planes of the same role on the same planeID. */
  readonly siblings: readonly JudgedPlane[];
  readonly fleet: FleetFacts;
  /** The certificates that agents verify the gateway with. */
  readonly gateway: GatewayFacts | null;
  readonly limits: HealthLimits;
  readonly features: KindFeatures | null;
  /**
   * Read at `readAtMs`, milliseconds since the epoch on the API server's clock. A lease is judged at that time;
   * otherwise it would seem to age on a page that stays open.
   */
  readonly related: { readonly value: RelatedResources; readonly readAtMs: number } | null;
  /** The plane's history as far as this server knows it, newest first; empty until it is read. */
  readonly changes: readonly ShownEntry[];
  /** Whether Planeboard's server is silent, as in `HealthFacts`. */
  readonly serverSilent: boolean;
  /** Whether the plane's kind can't be listed and watched for lack of permission, as in `HealthFacts`. */
  readonly forbidden: boolean;
  /** Whether the plane's namespace is watched on its own, so that permission in it is enough. */
  readonly watchedAlone?: boolean;
  /** kubectl contexts for the commands; null if unknown, and then the command contains a placeholder. */
  readonly contexts: { readonly plane: string | null; readonly controlPlane: string | null };
  /** The namespace of OpenChoreo's own components. */
  readonly controlPlaneNamespace: string;
  /** The API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Returns whether the plane's kind is cluster-wide. */
export function isClusterWide({ row }: DiagnosisInput): boolean {
  return kindOfName(row.plane.kind)?.scope === 'Cluster';
}

/**
 * Returns whether the plane's agent connects through the gateway. The control plane calls a plane with direct access
 * itself, so neither agents nor the gateway concern it.
 */
export function usesGateway({ row }: DiagnosisInput): boolean {
  return row.plane.connection !== 'direct';
}

/** Describes how long ago the related resources were read: ` 12 s ago`. */
export function readAge({ related, nowMs }: DiagnosisInput): string {
  return related === null ? '' : ` ${formatAge(nowMs - related.readAtMs)} ago`;
}

/** Returns the field that names the plane's CA. */
export function caField({ features }: DiagnosisInput): string {
  return features?.optionalAgent && !features.clusterAgent
    ? 'spec.agent.clientCA'
    : 'spec.clusterAgent.clientCA';
}
