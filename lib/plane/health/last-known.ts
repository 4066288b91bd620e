import type { Plane } from '@/lib/plane/model/plane';
import { deriveHealth } from './derive-health';
import type { Health } from './health';
import type { HealthFacts } from './health-facts';

/** What was known of a plane at the last contact with the API server. */
export interface LastKnown {
  readonly health: Health;
  /** The last contact: milliseconds since the epoch, on the API server's clock. */
  readonly asOfMs: number;
}

/**
 * Returns a plane's health as of the last contact, if it's unknown for lack of contact. It is derived instead of
 * remembered, so a page that opens during an outage shows the same as one that was open before. Its reasons name
 * moments, because their ages would keep growing after the last contact.
 *
 * @param health the plane's health now
 * @param facts those that `health` was derived from
 * @returns null if the health is known, if it wasn't known at the last contact either, or if a missing permission is the
 * cause: then the last contact doesn't say when the plane was last read
 */
export function lastKnownHealth(
  plane: Plane,
  health: Health,
  facts: HealthFacts,
  nowMs: number,
): LastKnown | null {
  const { contactAtMs } = facts;
  if (health.reasons[0]?.code !== 'no-contact' || facts.forbidden) return null;
  if (contactAtMs === null || contactAtMs > nowMs) return null;
  const { state, reasons } = deriveHealth(plane, { ...facts, serverSilent: false }, contactAtMs, 'moments');
  return state === 'unknown' ? null : { health: { state, reasons }, asOfMs: contactAtMs };
}
