import 'server-only';
import { type DerivedHealth, deriveHealth } from '@/lib/plane/health/derive-health';
import {
  type CertificateFact,
  type HealthLimits,
  NO_FACTS,
  type PlaneFacts,
} from '@/lib/plane/health/health-facts';
import type { Wording } from '@/lib/plane/health/health-finding';
import type { Incident } from '@/lib/plane/health/incident';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import { referenceState } from '@/lib/plane/model/references';
import type { FleetStore } from './fleet-store';
import { IncidentTracker } from './incident-tracker';
import type { PlaneRecord } from './plane-record';
import type { SourceTable } from './source-table';

export interface FleetHealthOptions {
  readonly limits: HealthLimits;
  readonly store: FleetStore;
  readonly sources: SourceTable;
  readonly certificateOf: (uid: string) => CertificateFact;
}

/**
 * Finds the facts that planes' own resources don't hold, and derives health from them. It knows whose health may
 * differ because time passed, contact was lost or an incident began. All times are on the API server's clock.
 */
export class FleetHealth {
  private readonly incident: IncidentTracker;
  private dueCheckedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: FleetHealthOptions) {
    this.incident = new IncidentTracker(options.limits);
  }

  get incidents(): readonly Incident[] {
    return this.incident.all;
  }

  factsOf(plane: Plane): PlaneFacts {
    return {
      siblings: this.options.store.siblingsOf(plane),
      observabilityPlane: referenceState(plane, (target) => this.exists(target)),
      // In an unreadable resource only the identity is reliable, not the place of its CA.
      certificate: plane.unreadable ? NO_FACTS.certificate : this.options.certificateOf(plane.uid),
    };
  }

  /** @param wording how the reasons' sentences give times */
  healthOf(plane: Plane, facts: PlaneFacts, nowMs: number, wording: Wording = 'ages'): DerivedHealth {
    const { limits, sources } = this.options;
    const contactAtMs = sources.contactAtMs(plane.plural, nowMs);
    return deriveHealth(
      plane,
      { ...facts, limits, contactAtMs, incidentSinceMs: this.incident.sinceMs(plane, nowMs) },
      nowMs,
      wording,
    );
  }

  /** Derives a record's facts and health. Returns whether readers need the plane again. */
  update(record: PlaneRecord, nowMs: number): boolean {
    const facts = this.factsOf(record.plane);
    const differs = record.update(facts, this.healthOf(record.plane, facts, nowMs), nowMs);
    record.inIncident = this.incident.sinceMs(record.plane, nowMs) !== null;
    return differs;
  }

  /** Returns the planes whose health was due to change by now, according to their findings. */
  changedByTime(nowMs: number): string[] {
    // The clock was set back, so every due time may be too late.
    const setBack = nowMs < this.dueCheckedAtMs;
    this.dueCheckedAtMs = nowMs;
    return this.uids(({ health }) => {
      const dueAtMs = health?.nextChangeAtMs ?? null;
      return setBack || (dueAtMs !== null && dueAtMs <= nowMs);
    });
  }

  /** Returns the planes of kinds whose contact became old, or fresh again. */
  changedByContact(nowMs: number): string[] {
    return this.options.sources.refresh(nowMs).flatMap((plural) => [...this.options.store.uidsOf(plural)]);
  }

  /** Returns the planes that joined or left the incident; null when the incident hasn't changed. */
  changedByIncident(nowMs: number): string[] | null {
    if (!this.incident.check(this.freshPlanes(), nowMs)) return null;
    return this.uids(
      ({ plane, inIncident }) => inIncident !== (this.incident.sinceMs(plane, nowMs) !== null),
    );
  }

  private uids(matches: (record: PlaneRecord) => boolean): string[] {
    const uids: string[] = [];
    for (const record of this.options.store.all()) if (matches(record)) uids.push(record.plane.uid);
    return uids;
  }

  private *freshPlanes(): Generator<Plane> {
    const { store, sources } = this.options;
    for (const { plane } of store.all()) if (sources.isFresh(plane.plural)) yield plane;
  }

  private exists(target: ObjectRef): boolean | 'not-visible' {
    const { sources, store } = this.options;
    const plural = kindOfName(target.kind)?.plural;
    // Only a complete list proves that a plane is missing; a kind that isn't served has none.
    const isIncomplete =
      plural !== undefined && sources.stateOf(plural) !== undefined && !sources.isListed(plural);
    return isIncomplete ? 'not-visible' : store.exists(target);
  }
}
