import type { JudgedPlane } from '@/lib/plane/health/health';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import type { KindEntry } from '@/lib/plane/model/kinds';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import type { AgentSetup } from './agent-setup';

/** All that the checks of a connect page go by. */
export interface SetupFacts {
  readonly entry: KindEntry;
  readonly identity: PlaneIdentity;
  readonly setup: AgentSetup;
  /** The planeID that the agent is installed with, as the page's link says; null: it does not. */
  readonly expectedPlaneID: string | null;
  /** Null: there is none, or none that can be seen; `listed` says which. */
  readonly row: JudgedPlane | null;
  /** Whether all planes of this kind are known; `forbidden`: the caller may not list them. */
  readonly listed: 'yes' | 'no' | 'forbidden' | 'not-installed';
  /** Last proven contact about this kind, milliseconds since the epoch on the API server's clock; null: never. */
  readonly contactAtMs: number | null;
  /** Why the API server does not answer, in a sentence; null: it does. */
  readonly apiServerProblem: string | null;
  /** The other planes of the same role on the same planeID. */
  readonly siblings: readonly JudgedPlane[];
  /** Whether everything that was connected is lost or frozen together. */
  readonly incident: boolean;
  /** When this page had the plane touched, newest last, milliseconds since the epoch on the API server's clock. */
  readonly refreshesMs: readonly number[];
  readonly limits: HealthLimits;
  /** The API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Health reasons that say that the connection in a status is not to be believed. */
const NOT_FRESH: ReadonlySet<string> = new Set([
  'no-contact',
  'unreadable',
  'heartbeat-missing',
  'heartbeat-in-future',
  'heartbeat-stale',
  'heartbeat-late',
  'agents-contradict',
]);

/** Whether the plane counts an agent, with a heartbeat fresh enough to believe it. */
export function hasFreshAgent({ plane, health }: JudgedPlane): boolean {
  return plane.agent?.connected === true && !health.reasons.some(({ code }) => NOT_FRESH.has(code));
}

/** The sentence of the first of these health reasons that is there; null: none is. */
export function reasonOf({ health }: JudgedPlane, ...codes: readonly string[]): string | null {
  return health.reasons.find(({ code }) => codes.includes(code))?.message ?? null;
}
