import type { ClockFacts } from './clock-facts';
import { clockFindings } from './clock-findings';
import { controlPlaneFindings } from './control-plane-certificates';
import type { ControlPlaneFinding, GatewayFacts, UncheckedCas } from './gateway-certificates';
import { uncheckedCaFindings } from './unchecked-cas';

/** What is known of the control plane beside its planes; null: unknown, or nothing to say. */
export interface ControlPlaneFacts {
  readonly gateway: GatewayFacts | null;
  readonly clock: ClockFacts | null;
  readonly uncheckedCas?: UncheckedCas | null;
}

/**
 * Returns every problem of the control plane that concerns all planes, errors first.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function allControlPlaneFindings(
  { gateway, clock, uncheckedCas = null }: ControlPlaneFacts,
  nowMs: number,
): ControlPlaneFinding[] {
  return [
    ...controlPlaneFindings(gateway, nowMs),
    ...clockFindings(clock),
    ...uncheckedCaFindings(uncheckedCas),
  ].toSorted((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
}
