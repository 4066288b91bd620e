import 'server-only';
import { type DerivedHealth, deriveHealth } from '@/lib/plane/health/derive-health';
import {
  type CertificateFact,
  type HealthLimits,
  NO_FACTS,
  type PlaneFacts,
} from '@/lib/plane/health/health-facts';
import type { Wording } from '@/lib/plane/health/health-finding';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { type ReferenceTarget, referenceState } from '@/lib/plane/model/references';
import type { FleetStore } from './fleet-store';
import type { FreshSources } from './fresh-sources';
import type { IncidentWatch } from './incident-watch';
import type { SourceTable } from './source-table';

export interface PlaneJudgeOptions {
  readonly limits: HealthLimits;
  readonly store: FleetStore;
  readonly sources: SourceTable;
  readonly fresh: FreshSources;
  readonly incidents: IncidentWatch;
  readonly certificateOf: (uid: string) => CertificateFact;
}

/** Finds the facts about a plane that its own resource does not hold, and judges it by them. */
export class PlaneJudge {
  constructor(private readonly options: PlaneJudgeOptions) {}

  factsOf(plane: Plane): PlaneFacts {
    return {
      siblings: this.options.store.siblingsOf(plane),
      observabilityPlane: referenceState(plane, (target) => this.exists(target)),
      // Of a resource that cannot be read nothing but the identity can be relied on: not where its CA stands either.
      certificate: plane.unreadable ? NO_FACTS.certificate : this.options.certificateOf(plane.uid),
    };
  }

  /**
   * @param nowMs the API server's clock
   * @param wording how the reasons' sentences tell time
   */
  healthOf(plane: Plane, facts: PlaneFacts, nowMs: number, wording: Wording = 'ages'): DerivedHealth {
    const { limits, fresh, incidents } = this.options;
    const contactAtMs = fresh.contactAtMs(plane.plural, nowMs);
    return deriveHealth(
      plane,
      { ...facts, limits, contactAtMs, incidentSinceMs: incidents.sinceMs(plane, nowMs) },
      nowMs,
      wording,
    );
  }

  private exists(target: ReferenceTarget): boolean | 'not-visible' {
    const { sources, store } = this.options;
    const plural = kindOfName(target.kind)?.plural;
    // Only a complete list can say that something is not there; a kind that is not served has nothing.
    const awaited =
      plural !== undefined && sources.stateOf(plural) !== undefined && !sources.isListed(plural);
    return awaited ? 'not-visible' : store.exists(target);
  }
}
