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
 * An incident of the control plane, as sent to browsers. Separate from its rules, which run in the browser without
 * zod.
 */
export const incidentSchema = z.object({
  code: z.literal('control-plane'),
  kind: z.enum(['disconnected', 'frozen', 'mixed']),
  /** When the first plane of the incident disconnected or went stale, RFC 3339. */
  since: z.string(),
  /** The same for the last one. Members are the planes affected between the two times. */
  lastLossAt: z.string(),
  planes: z.number(),
  planeIDs: z.number(),
  message: z.string(),
});

/** A plane with its facts and its health at one moment. */
export interface JudgedPlane {
  readonly plane: PlaneWithFacts;
  readonly health: Health;
}
