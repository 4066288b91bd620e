import { DEFAULT_LIMITS, type HealthFacts, NO_FACTS } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import type { KnownPlane } from '@/lib/plane/registration/known-planes';
import { formatRfc3339 } from '@/lib/plane/time/age';

/** The fixed `now` of tests of pure rules. */
export const NOW_MS = Date.parse('2026-03-10T12:00:00Z');

/** The RFC 3339 time `ageMs` milliseconds before NOW_MS, in whole seconds as the API server writes it. */
export function ago(ageMs: number): string {
  return formatRfc3339(NOW_MS - ageMs);
}

/** A healthy, connected DataPlane of a current release. Tests pass only the differences. */
export function aPlane(changes: Partial<Plane> = {}): Plane {
  return {
    kind: 'DataPlane',
    plural: 'dataplanes',
    namespace: 'acme',
    name: 'prod',
    uid: 'uid-prod',
    resourceVersion: '1',
    labels: {},
    planeID: 'prod-cluster',
    connection: 'agent',
    reportsAgent: true,
    agent: {
      connected: true,
      connectedAgents: 1,
      lastConnectedTime: ago(3_600_000),
      lastHeartbeatTime: ago(20_000),
      message: '1 agent connected',
    },
    conditions: [{ type: 'Created', status: 'True', reason: 'DataPlaneCreated' }],
    generation: 1,
    observedGeneration: 1,
    createdAt: ago(86_400_000),
    ...changes,
  };
}

/** An existing plane, as the checks of a draft receive it. */
export function knownPlane(plane: Omit<KnownPlane, 'uid' | 'createdAt'>): KnownPlane {
  return { uid: `uid-${plane.name}`, createdAt: ago(86_400_000), ...plane };
}

/** Facts without problems: contact a second ago, no siblings, nothing checked. */
export function someFacts(changes: Partial<HealthFacts> = {}): HealthFacts {
  return {
    ...NO_FACTS,
    limits: DEFAULT_LIMITS,
    contactAtMs: NOW_MS - 1000,
    ...changes,
  };
}
