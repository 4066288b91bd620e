import { diagnose } from '@/lib/plane/diagnosis/diagnose';
import type { DiagnosisFinding } from '@/lib/plane/diagnosis/diagnosis-finding';
import type { DiagnosisInput } from '@/lib/plane/diagnosis/diagnosis-input';
import type { DerivedHealth } from '@/lib/plane/health/derive-health';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { parseTimeMs } from '@/lib/plane/time/age';
import { type FleetRow, isServerSilent } from './derived-fleet';

/** What a plane's page has loaded for its diagnosis. */
export interface LoadedFacts
  extends Pick<
    DiagnosisInput,
    | 'fleet'
    | 'gateway'
    | 'limits'
    | 'forbidden'
    | 'watchedAlone'
    | 'contexts'
    | 'controlPlaneNamespace'
    | 'changes'
  > {
  readonly row: FleetRow;
  readonly siblings: readonly FleetRow[];
  /** The features of the plane's kind, from the schema that is served now. */
  readonly features: KindFeatures;
  /** The latest read of the related resources, and its time, RFC 3339 on the API server's clock; null before it. */
  readonly related: { readonly value: RelatedResources | null; readonly readAt: string | null };
  /** Last contact with Planeboard's own server, on the API server's clock, milliseconds since the epoch. */
  readonly serverContactAtMs: number;
}

/**
 * Diagnoses a plane at one moment. Returns all findings, worst first.
 *
 * @param judge returns a plane's health at that moment, or null if the feed doesn't have the plane
 */
export function diagnoseRow(
  { row, siblings, features, related, serverContactAtMs, ...others }: LoadedFacts,
  judge: (row: FleetRow, nowMs: number) => DerivedHealth | null,
  nowMs: number,
): DiagnosisFinding[] {
  const judged = (other: FleetRow): FleetRow => {
    const health = judge(other, nowMs);
    return health ? { ...other, health } : other;
  };
  const { value } = related;
  const readAtMs = parseTimeMs(related.readAt ?? undefined);
  return diagnose({
    ...others,
    row: judged(row),
    siblings: siblings.map(judged),
    features: features.known ? features : null,
    related: value && readAtMs !== null ? { value, readAtMs } : null,
    serverSilent: isServerSilent(serverContactAtMs, others.limits, nowMs),
    nowMs,
  });
}
