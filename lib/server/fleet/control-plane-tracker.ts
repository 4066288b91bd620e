import 'server-only';
import type { ClockFacts } from '@/lib/plane/health/clock-facts';
import { allControlPlaneFindings } from '@/lib/plane/health/control-plane-problems';
import type { ControlPlane, GatewayFacts } from '@/lib/plane/health/gateway-certificates';

/** Derives the findings about the control plane and notices when readers need them again. */
export class ControlPlaneTracker {
  private published = '';

  /**
   * @param gatewayFacts the facts as last read; null: not read yet
   * @param clockFacts the two clocks that the API server's responses show; null: they show one
   */
  constructor(
    private readonly gatewayFacts: () => GatewayFacts | null,
    private readonly clockFacts: (nowMs: number) => ClockFacts | null = () => null,
  ) {
    this.published = markOf(this.at(0));
  }

  at(nowMs: number): ControlPlane {
    const gateway = this.gatewayFacts();
    const clock = this.clockFacts(nowMs);
    return {
      ...(gateway === null ? {} : { gateway }),
      ...(clock === null ? {} : { clock }),
      findings: allControlPlaneFindings({ gateway, clock }, nowMs),
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

function markOf({ gateway, clock, findings }: ControlPlane): string {
  return JSON.stringify([gateway, clock, findings.map(({ code }) => code)]);
}
