import 'server-only';
import { controlPlaneFindings } from '@/lib/plane/health/control-plane-certificates';
import type { ControlPlane, GatewayFacts } from '@/lib/plane/health/gateway-certificates';

/** Derives the findings about the control plane and notices when readers need them again. */
export class ControlPlaneTracker {
  private published = '';

  /** @param gatewayFacts the facts as last read; null: not read yet */
  constructor(private readonly gatewayFacts: () => GatewayFacts | null) {
    this.published = markOf(this.at(0));
  }

  at(nowMs: number): ControlPlane {
    const gateway = this.gatewayFacts();
    return { ...(gateway === null ? {} : { gateway }), findings: controlPlaneFindings(gateway, nowMs) };
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

function markOf({ gateway, findings }: ControlPlane): string {
  return JSON.stringify([gateway, findings.map(({ code }) => code)]);
}
