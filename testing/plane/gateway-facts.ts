import type { GatewayCertificate, GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { DAY_MS } from '@/lib/plane/time/duration';
import { ago } from './plane-fixture';

/** A certificate that was read, with its dates in RFC 3339. */
export function readCertificate(notBefore: string, notAfter: string): GatewayCertificate {
  return { state: 'read', notBefore, notAfter };
}

/** A gateway without findings, as the charts install it. Tests pass only the differences. */
export function gatewayFacts(changes: Partial<GatewayFacts> = {}): GatewayFacts {
  return {
    namespace: CONTROL_PLANE_NAMESPACE,
    watchedSince: ago(DAY_MS),
    caObject: 'Secret',
    ca: readCertificate(ago(100 * DAY_MS), ago(-3550 * DAY_MS)),
    serving: readCertificate(ago(10 * DAY_MS), ago(-80 * DAY_MS)),
    verified: true,
    ...changes,
  };
}
