import { CertificateAuthority } from '@/demo/pki/certificate-authority';
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

const APART_MS = 5 * MINUTE_MS;

/** Names as in real installations: short, long, and non-Latin. */
const UNUSUAL_NAMES = [
  'Payments production, Frankfurt (primary)',
  'payments-processing-gateway-production-eu-central-1-frankfurt-a',
  'EU',
  'Observability of everything that the retail organisation runs in Asia',
  'ml-training-gpu-01',
  '東京リージョン 本番環境',
] as const;

/** The statuses of the unhealthy planes, in order. Each is lost at its own time: planes lost together are an incident. */
const UNHEALTHY_STATUSES: readonly ((index: number) => PlaneStatus)[] = [
  (index) => lostStatus(3 * HOUR_MS + index * APART_MS),
  () => frozenStatus(),
  // A heartbeat that is only missing may be remembered, and those that jump as far as others show another clock.
  (index) => ({
    agentConnection: {
      connected: true,
      connectedAgents: 1,
      lastHeartbeatTime: timeIn(HOUR_MS + index * APART_MS),
    },
  }),
  () =>
    notReadyStatus(
      'The chart gateway-controllers could not be rolled out: timed out waiting for the condition.',
    ),
  (index) => lostStatus(7 * MINUTE_MS + index * APART_MS),
  () => notReadyStatus('Certificate not issued.'),
];

/**
 * Returns planes of one namespace. The first `unhealthy` ones are unhealthy and have unusual names, the others are
 * healthy. Names are unique across namespaces.
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

/** The status of the unhealthy plane at an index. */
export function unhealthyStatus(index: number): PlaneStatus {
  return UNHEALTHY_STATUSES[index % UNHEALTHY_STATUSES.length]?.(index) ?? lostStatus();
}

/** Returns the plane with a maintenance. */
export function inMaintenance(plane: TestPlane, minutes: number, reason?: string): TestPlane {
  return {
    ...plane,
    annotations: {
      [MAINTENANCE_UNTIL_ANNOTATION]: timeIn(minutes * MINUTE_MS),
      ...(reason === undefined ? {} : { [MAINTENANCE_REASON_ANNOTATION]: reason }),
    },
  };
}

/** Returns planes without an agent, of a release with direct access, whose credentials are valid. */
export async function unmeasuredPlanes(count: number): Promise<TestPlane[]> {
  const { certPem } = await CertificateAuthority.create('api-server', { days: 3650 });
  return Array.from({ length: count }, (_, index) => ({
    kind: 'DataPlane' as const,
    namespace: 'old',
    name: `plant-${index}`,
    spec: {
      kubernetesCluster: {
        server: 'https://10.0.0.1:6443',
        tls: { ca: { value: certPem } },
        auth: { bearerToken: { value: 'token' } },
      },
      gateway: { publicVirtualHost: 'old.example.com', organizationVirtualHost: 'old.internal' },
    },
  }));
}
