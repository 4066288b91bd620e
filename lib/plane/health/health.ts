import { z } from '@/lib/zod';
import type { PlaneWithFacts } from './health-facts';
import { HEALTH_STATES } from './health-state';

/** Separate from the states, because the browser judges with those and must not load zod for it. */
const healthReasonSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
});

export const healthSchema = z.object({
  state: z.enum(HEALTH_STATES),
  reasons: z.array(healthReasonSchema),
});

/** One reason for a state. `code` is for programs and help texts, `message` is a sentence for people. */
export type HealthReason = z.infer<typeof healthReasonSchema>;

/** A state with all its reasons, the one that names the state first. */
export type Health = z.infer<typeof healthSchema>;

/**
 * `control-plane`: no other plane was proven to be up. `lost-together`: only a part of the fleet was lost.
 */
export const INCIDENT_CODES = ['control-plane', 'lost-together'] as const;

/**
 * An incident as sent to readers: a loss of connection that several planes share. Separate from its rules, which run
 * without zod. Numbers and times come from the planes that the reader may see.
 */
export const incidentSchema = z.object({
  /** Stays the same from its begin to its end. The fact `incident` of a plane that is still lost in it names it. */
  id: z.string(),
  code: z.enum(INCIDENT_CODES),
  kind: z.enum(['disconnected', 'frozen', 'mixed']),
  /**
   * It began at or after this time: the latest heartbeat before it or, without one, `startedBy`. RFC 3339; null: all
   * recorded times are in the future, so it's unknown.
   */
  since: z.string().nullable(),
  /** It began before this time, when a controller noticed the first disconnection, RFC 3339; null: unknown. */
  startedBy: z.string().nullable(),
  /** All planes that were lost in it, including those that are back. */
  planes: z.number(),
  /** Those of them that are still lost. */
  lost: z.number(),
  /** The number of their planeIDs, counted separately for each role. */
  planeIDs: z.number(),
  /** All planes that were connected when it began, with or without a heartbeat. */
  connectedBefore: z.number(),
  message: z.string(),
});

/** A plane with its facts and its health at one moment. */
export interface JudgedPlane {
  readonly plane: PlaneWithFacts;
  readonly health: Health;
}
