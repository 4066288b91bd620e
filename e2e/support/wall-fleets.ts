import { MAINTENANCE_REASON_ANNOTATION, MAINTENANCE_UNTIL_ANNOTATION } from '@/lib/plane/model/maintenance';
import { HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import {
  connectedStatus,
  frozenStatus,
  lostStatus,
  notReadyStatus,
  type PlaneStatus,
  timeIn,
} from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

const TEAMS = ['payments', 'checkout', 'search', 'ml', 'identity', 'ledger', 'catalogue'] as const;
const KINDS = ['DataPlane', 'WorkflowPlane', 'ObservabilityPlane'] as const;

/** Names as they are in real installations: short ones, long ones, and such as differ only at their end. */
const UNUSUAL_NAMES = [
  'Payments production, Frankfurt (primary)',
  'payments-processing-gateway-production-eu-central-1-frankfurt-a',
  'EU',
  'Observability of everything that the retail organisation runs in Asia',
  'ml-training-gpu-01',
  '東京リージョン 本番環境',
] as const;

/** How the planes in trouble are, one after the other. */
const UNHEALTHY_STATUSES: readonly (() => PlaneStatus)[] = [
  () => lostStatus(3 * HOUR_MS),
  () => frozenStatus(),
  // As a merge patch it takes away what stood there before.
  () => ({ agentConnection: { connected: true, connectedAgents: 1, lastHeartbeatTime: null } }),
  () =>
    notReadyStatus(
      'The chart gateway-controllers could not be rolled out: timed out waiting for the condition.',
    ),
  () => lostStatus(7 * MINUTE_MS),
  () => notReadyStatus('Certificate not issued.'),
];

/**
 * Planes of one namespace, the first of them in trouble and under awkward names, the others well. No two have the same
 * name, whatever namespace they are in.
 */
export function fleetOf(namespace: string, planes: number, unhealthy = 0): TestPlane[] {
  return Array.from({ length: planes }, (_, index): TestPlane => {
    const kind = KINDS[index % KINDS.length] ?? 'DataPlane';
    const displayName = UNUSUAL_NAMES[index];
    return {
      kind,
      namespace,
      name: `${TEAMS[index % TEAMS.length]}-${namespace.slice(0, 12)}-eu-west-${index}`,
      ...(displayName !== undefined && index < unhealthy ? { displayName } : {}),
      labels: { team: TEAMS[index % TEAMS.length] ?? '' },
      status: index < unhealthy ? unhealthyStatus(index) : connectedStatus({ agents: 1 + (index % 2) }),
    };
  });
}

/** The trouble of the plane at that place. */
export function unhealthyStatus(index: number): PlaneStatus {
  return UNHEALTHY_STATUSES[index % UNHEALTHY_STATUSES.length]?.() ?? lostStatus();
}

/** The same plane, with work planned on it. */
export function inMaintenance(plane: TestPlane, minutes: number, reason?: string): TestPlane {
  return {
    ...plane,
    annotations: {
      [MAINTENANCE_UNTIL_ANNOTATION]: timeIn(minutes * MINUTE_MS),
      ...(reason === undefined ? {} : { [MAINTENANCE_REASON_ANNOTATION]: reason }),
    },
  };
}

/** Planes that no agent measures, of a release that knows none. */
export function unmeasuredPlanes(count: number): TestPlane[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'DataPlane' as const,
    namespace: 'old',
    name: `plant-${index}`,
    spec: {
      kubernetesCluster: {
        server: 'https://10.0.0.1:6443',
        tls: { ca: { value: 'none' } },
        auth: { bearerToken: { secretRef: { name: 'token', key: 'token' } } },
      },
      gateway: { publicVirtualHost: 'old.example.com', organizationVirtualHost: 'old.internal' },
    },
  }));
}
