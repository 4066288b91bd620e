import 'server-only';
import type { FleetPlane } from '@/lib/api/fleet';
import type { DerivedHealth } from '@/lib/plane/health/derive-health';
import { NO_FACTS, type PlaneFacts } from '@/lib/plane/health/health-facts';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import { isHeartbeatOnly } from '@/lib/plane/health/heartbeat';
import { isMereKnowledge, type SeenPlane } from '@/lib/plane/history/happening';
import type { ClientCaSource } from '@/lib/plane/model/client-ca';
import type { Plane } from '@/lib/plane/model/plane';
import type { ObservedState } from '@/lib/plane/wall/since';
import { StateWatch } from './state-watch';

/** What a reflector makes of a resource: the slim row, and where its CA stands. The object itself is let go. */
export interface ObservedPlane {
  readonly plane: Plane;
  readonly clientCa: ClientCaSource | null;
  /** Another one after each change and touch of the plane. */
  readonly mark: string;
  /** `<namespace>/<name>` of every Secret that its spec names. */
  readonly secrets: readonly string[];
}

/** Reasons that the next heartbeat may take away. */
const AWAITS_HEARTBEAT: ReadonlySet<string> = new Set<ReasonCode>([
  'heartbeat-missing',
  'heartbeat-in-future',
  'heartbeat-stale',
  'heartbeat-late',
  'no-contact',
  'control-plane-incident',
]);

const HEALTHY_JSON = JSON.stringify({ state: 'healthy', reasons: [] });

/** One plane of the store, with what was found about it and how it was judged, and its JSON made once. */
export class FleetRecord {
  facts: PlaneFacts = NO_FACTS;
  health: DerivedHealth | null = null;
  /** Whether it was judged as part of the incident of the control plane. */
  inIncident = false;
  /** Whether it came after its kind's first list: then it is new, and not merely new to this server. */
  isNews = false;
  /** JSON of plane and facts, without the closing brace: the judgement is appended. */
  private head = '';
  /** State and reason codes that were last told to readers, together with `head`; null: nothing yet. */
  private toldJudgement: string | null = null;
  private told: SeenPlane | null = null;
  private differsByHeartbeat = false;
  private readonly stateWatch = new StateWatch();
  /** Made when asked for, and the same object until something differs: whoever sorts may remember what it made of it. */
  private travelling: FleetPlane | null = null;

  constructor(public plane: Plane) {}

  /**
   * Takes over a new judgement. Returns whether readers must be told: when the row itself differs, or its state or
   * reason codes. Ages in the reasons' sentences move all the time, and readers derive those themselves.
   *
   * @param nowMs the API server's clock
   */
  judge(facts: PlaneFacts, health: DerivedHealth, nowMs: number): boolean {
    const wasSo = this.told !== null && isMereKnowledge(this.told, { plane: this.plane, facts, health });
    this.stateWatch.saw(health, nowMs, wasSo);
    this.facts = facts;
    this.health = health;
    this.travelling = null;
    const head = JSON.stringify({ ...this.plane, facts }).slice(0, -1);
    const judgement = `${health.state} ${health.reasons.map((reason) => reason.code).join()}`;
    if (head === this.head && judgement === this.toldJudgement) return false;
    this.differsByHeartbeat =
      judgement === this.toldJudgement &&
      this.told !== null &&
      isHeartbeatOnly(this.told.plane, this.plane) &&
      JSON.stringify(this.told.facts) === JSON.stringify(facts);
    this.head = head;
    this.told = { plane: this.plane, facts, health };
    this.toldJudgement = judgement;
    return true;
  }

  /** The same judgement at a later time: only the sentences' ages differ. */
  refreshHealth(health: DerivedHealth): void {
    this.health = health;
    this.travelling = null;
  }

  /** Since when this server sees it in its state. Only for a row that was judged. */
  get observedState(): ObservedState {
    return this.stateWatch.observed;
  }

  /** How it was last told to readers; null: not yet. */
  get lastTold(): SeenPlane | null {
    return this.told;
  }

  get wasTold(): boolean {
    return this.toldJudgement !== null;
  }

  /** Whether a fresher heartbeat cannot change its judgement: then it may wait for the others of the second. */
  get isSettled(): boolean {
    const { health } = this;
    return health !== null && !health.reasons.some(({ code }) => AWAITS_HEARTBEAT.has(code));
  }

  /** What the last judgement has to tell when it is nothing but a heartbeat; undefined when it is more. */
  beatJson(): string | undefined {
    if (!this.differsByHeartbeat) return undefined;
    const { uid, resourceVersion, agent } = this.plane;
    return JSON.stringify([uid, agent?.lastHeartbeatTime ?? null, resourceVersion]);
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
