import { parseTimeMs } from '@/lib/plane/time/age';
import { z } from '@/lib/zod';

/** What Planeboard saw of the Lease that the controller manager's leader renews every 2 s. */
export const controllerFactsSchema = z.object({
  /**
   * Whether the Lease could be read last time. `not-visible`: Planeboard's account may not list Leases. `unknown`: not
   * read yet, or the API server didn't answer.
   */
  lease: z.enum(['read', 'missing', 'not-visible', 'unknown']),
  /**
   * The latest moment at which the leader is proven to have been alive, RFC 3339 on the API server's clock: when the
   * Lease was read before a reading that found it renewed. Null: it was never seen renewed.
   */
  provenAt: z.string().nullable(),
});
export type ControllerFacts = z.infer<typeof controllerFactsSchema>;

/** Before anything was read. */
export const UNKNOWN_CONTROLLER: ControllerFacts = { lease: 'unknown', provenAt: null };

/** Returns the facts with the proof's time moved, as when the clock that it was measured on is set. */
export function shiftedController(controller: ControllerFacts, byMs: number): ControllerFacts {
  const atMs = parseTimeMs(controller.provenAt);
  return atMs === null ? controller : { ...controller, provenAt: new Date(atMs + byMs).toISOString() };
}
