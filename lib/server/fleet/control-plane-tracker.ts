import 'server-only';
import type { ClockFacts } from '@/lib/plane/health/clock-facts';
import { allControlPlaneFindings } from '@/lib/plane/health/control-plane-problems';
import type { ControllerFacts } from '@/lib/plane/health/controller-facts';
import type { ControlPlane, GatewayFacts } from '@/lib/plane/health/gateway-certificates';

/** Holds what is known of the control plane, derives the findings about it, and notices when readers need it again. */
export class ControlPlaneTracker {
  private published = '';
  /** What proves that the controller runs; absent: nothing was read. */
  controller: ControllerFacts | undefined;

  /**
   * @param gatewayFacts the facts as last read; null: not read yet
   * @param clockFacts the two clocks that the API server's responses show; null: they show one
   * @param uncheckedCas the number of planes whose CA may not be read
   */
  constructor(
    private readonly gatewayFacts: () => GatewayFacts | null,
    private readonly clockFacts: (nowMs: number) => ClockFacts | null = () => null,
    private readonly uncheckedCas: () => number = () => 0,
  ) {
    this.published = markOf(this.at(0));
  }

  at(nowMs: number): ControlPlane {
    const gateway = this.gatewayFacts();
    const clock = this.clockFacts(nowMs);
    const planes = this.uncheckedCas();
    const uncheckedCas = planes === 0 ? null : { planes };
    return {
      ...(gateway === null ? {} : { gateway }),
      ...(clock === null ? {} : { clock }),
      ...(this.controller ? { controller: this.controller } : {}),
      ...(uncheckedCas ? { uncheckedCas } : {}),
      findings: allControlPlaneFindings({ gateway, clock, uncheckedCas }, nowMs),
    };
  }

  /** Returns the control plane if it differs from the last one returned; ages in sentences don't count. */
  changed(nowMs: number): ControlPlane | undefined {
    const current = this.at(nowMs);
    const mark = markOf(current);
    if (mark === this.published) return undefined;
    this.published = mark;
    return current;
  }
}

function markOf({ gateway, clock, controller, uncheckedCas, findings }: ControlPlane): string {
  return JSON.stringify([gateway, clock, controller, uncheckedCas, findings.map(({ code }) => code)]);
}
