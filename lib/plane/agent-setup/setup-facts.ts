import type { JudgedPlane } from '@/lib/plane/health/health';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import type { KindEntry } from '@/lib/plane/model/kinds';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import type { AgentSetup } from './agent-setup';

/** The input of the setup checks. */
export interface SetupFacts {
  readonly entry: KindEntry;
  readonly identity: PlaneIdentity;
  readonly setup: AgentSetup;
  /** The planeID that the agent is installed with, from the page's link, or null if the link has none. */
  readonly expectedPlaneID: string | null;
  /** Null if the plane doesn't exist or can't be seen; `listed` says which. */
  readonly row: JudgedPlane | null;
  /** Whether all planes of this kind are known; `forbidden` means that the caller may not list them. */
  readonly listed: 'yes' | 'no' | 'forbidden' | 'not-installed';
  /** Last proven contact about this kind, milliseconds since the epoch on the API server's clock; null: never. */
  readonly contactAtMs: number | null;
  /** Why the API server doesn't answer, in a sentence, or null if it does. */
  readonly apiServerProblem: string | null;
  /** The other planes of the same role on the same planeID. */
  readonly siblings: readonly JudgedPlane[];
  /** Whether all connected planes disconnected or froze together. */
  readonly incident: boolean;
  /** When this page refreshed the plane, newest last, milliseconds since the epoch on the API server's clock. */
  readonly refreshesMs: readonly number[];
  readonly limits: HealthLimits;
  /** The API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Returns the message of the first of these health reasons that occurs, or null. */
export function reasonOf({ health }: JudgedPlane, ...codes: readonly string[]): string | null {
  return health.reasons.find(({ code }) => codes.includes(code))?.message ?? null;
}
