import 'server-only';
import type { FleetPlane } from '@/lib/api/fleet';
import type { ClientCaSource } from '@/lib/plane/client-ca';
import { NO_FACTS, type PlaneFacts } from '@/lib/plane/facts';
import type { DerivedHealth } from '@/lib/plane/health';
import type { Plane } from '@/lib/plane/plane';

/** What a reflector makes of a resource: the slim row, and where its CA stands. The object itself is let go. */
export interface ObservedPlane {
  readonly plane: Plane;
  readonly clientCa: ClientCaSource | null;
}

const HEALTHY_JSON = JSON.stringify({ state: 'healthy', reasons: [] });

/** One plane of the store, with what was found about it and how it was judged, and its JSON made once. */
export class FleetRow {
  facts: PlaneFacts = NO_FACTS;
  health: DerivedHealth | null = null;
  /** Whether it was judged as part of the incident of the control plane. */
  inIncident = false;
  /** JSON of plane and facts, without the closing brace: the judgement is appended. */
  private head = '';
  /** State and reason codes that were last told to readers, together with `head`; null: nothing yet. */
  private toldJudgement: string | null = null;
  /** Made when asked for, and the same object until something differs: whoever sorts may remember what it made of it. */
  private travelling: FleetPlane | null = null;

  constructor(public plane: Plane) {}

  /**
   * Takes over a new judgement. Returns whether readers must be told: when the row itself differs, or its state or
   * reason codes. Ages in the reasons' sentences move all the time, and readers derive those themselves.
   */
  judge(facts: PlaneFacts, health: DerivedHealth): boolean {
    this.facts = facts;
    this.health = health;
    this.travelling = null;
    const head = JSON.stringify({ ...this.plane, facts }).slice(0, -1);
    const judgement = `${health.state} ${health.reasons.map((reason) => reason.code).join()}`;
    if (head === this.head && judgement === this.toldJudgement) return false;
    this.head = head;
    this.toldJudgement = judgement;
    return true;
  }

  /** The same judgement at a later time: only the sentences' ages differ. */
  refreshHealth(health: DerivedHealth): void {
    this.health = health;
    this.travelling = null;
  }

  get wasTold(): boolean {
    return this.toldJudgement !== null;
  }

  /** The plane as it travels, as JSON. Only for a row that was judged. */
  json(): string {
    return `${this.head},"health":${healthJson(this.health)}}`;
  }

  /** The plane as it travels; not to be changed. */
  wire(): FleetPlane {
    const { state, reasons } = this.health ?? { state: 'unknown' as const, reasons: [] };
    this.travelling ??= { ...this.plane, facts: this.facts, health: { state, reasons: [...reasons] } };
    return this.travelling;
  }
}

function healthJson(health: DerivedHealth | null): string {
  if (!health) return JSON.stringify({ state: 'unknown', reasons: [] });
  if (health.state === 'healthy' && health.reasons.length === 0) return HEALTHY_JSON;
  return JSON.stringify({ state: health.state, reasons: health.reasons });
}
