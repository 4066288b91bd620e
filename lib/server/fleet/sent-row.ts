import 'server-only';
import { hash } from 'node:crypto';
import type { FleetPlane } from '@/lib/api/fleet';
import type { DerivedHealth } from '@/lib/plane/health/derive-health';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { NO_FACTS, type PlaneFacts, type PlaneWithFacts } from '@/lib/plane/health/health-facts';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import { isHeartbeatOnly } from '@/lib/plane/health/heartbeat';
import type { Plane } from '@/lib/plane/model/plane';

/** A note that comes and goes with each report. Readers derive it themselves. */
const OF_EACH_REPORT: ReasonCode = 'heartbeat-remembered';

const HEALTHY_JSON = JSON.stringify({ state: 'healthy', reasons: [] });

/** What readers have of a plane. */
export interface SentContent {
  readonly judged: JudgedPlane;
  /** What the JSON of plane and facts is compared by: kept for each plane, the JSON itself would be most of its memory. */
  readonly digest: string;
  /** State and reason codes. */
  readonly codes: string;
}

/** A plane as the readers of one view get it: with its facts and its derived health. */
export class SentRow {
  facts: PlaneFacts = NO_FACTS;
  health: DerivedHealth | null = null;
  private differsByHeartbeat = false;
  /** Created on demand and kept until something differs, so callers can cache by identity. */
  private wirePlane: FleetPlane | null = null;

  /** @param sent what readers have of it; null: nothing yet */
  constructor(
    private plane: Plane,
    private sent: SentContent | null = null,
  ) {}

  /**
   * Sets the plane with new facts and health. Returns whether readers need it again: when the plane, its facts, its state
   * or its reason codes differ. Ages in the reasons' sentences change all the time, and readers derive those themselves.
   */
  update(plane: Plane, facts: PlaneFacts, health: DerivedHealth): boolean {
    const { sent } = this;
    const judged: JudgedPlane = { plane: { ...plane, facts }, health };
    this.plane = plane;
    this.facts = facts;
    this.health = health;
    this.wirePlane = null;
    const digest = hash('sha256', JSON.stringify(judged.plane), 'base64');
    const lasting = health.reasons.filter(({ code }) => code !== OF_EACH_REPORT);
    const codes = `${health.state} ${lasting.map(({ code }) => code).join()}`;
    if (sent && hasContent(sent, { digest, codes })) return false;
    this.differsByHeartbeat =
      sent?.codes === codes && isHeartbeatOnly(withoutGap(sent.judged.plane), withoutGap(judged.plane));
    this.sent = { judged, digest, codes };
    return true;
  }

  /** Sets the same health at a later time: only the ages in its sentences differ. */
  refreshHealth(health: DerivedHealth): void {
    this.health = health;
    this.wirePlane = null;
  }

  /** What readers have of it after the last update; null: nothing yet. */
  get content(): SentContent | null {
    return this.sent;
  }

  /** The plane as last sent to readers; null: never. */
  get lastSent(): JudgedPlane | null {
    return this.sent?.judged ?? null;
  }

  /** Returns the JSON to send when only the heartbeat differs; undefined when more does. */
  heartbeatJson(): string | undefined {
    return this.differsByHeartbeat ? this.newestHeartbeatJson() : undefined;
  }

  /** Returns the newest heartbeat as JSON, for readers that have missed nothing but heartbeats. */
  newestHeartbeatJson(): string {
    const { uid, resourceVersion, agent } = this.plane;
    const { heartbeatGap } = this.facts;
    const heartbeat = [uid, agent?.lastHeartbeatTime ?? null, resourceVersion];
    return JSON.stringify(heartbeatGap ? [...heartbeat, heartbeatGap] : heartbeat);
  }

  /** Returns the plane as sent, as JSON. Requires derived health. */
  json(): string {
    return `${JSON.stringify(this.sent?.judged.plane).slice(0, -1)},"health":${healthJson(this.health)}}`;
  }

  /** Returns the plane as sent; callers must not change it. */
  wire(): FleetPlane {
    const { state, reasons } = this.health ?? { state: 'unknown' as const, reasons: [] };
    this.wirePlane ??= { ...this.plane, facts: this.facts, health: { state, reasons: [...reasons] } };
    return this.wirePlane;
  }
}

/** Returns whether readers who have one need nothing to have the other. */
export function hasContent(
  one: Pick<SentContent, 'digest' | 'codes'>,
  other: Pick<SentContent, 'digest' | 'codes'>,
): boolean {
  return one.digest === other.digest && one.codes === other.codes;
}

function withoutGap(plane: PlaneWithFacts): PlaneWithFacts {
  if (!plane.facts.heartbeatGap) return plane;
  const { heartbeatGap: _gap, ...facts } = plane.facts;
  return { ...plane, facts };
}

function healthJson(health: DerivedHealth | null): string {
  if (!health) return JSON.stringify({ state: 'unknown', reasons: [] });
  if (health.state === 'healthy' && health.reasons.length === 0) return HEALTHY_JSON;
  return JSON.stringify({ state: health.state, reasons: health.reasons });
}
