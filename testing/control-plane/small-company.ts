import { HOUR_MS } from '@/lib/plane/time/duration';
import { connectedStatus, frozenStatus, lostStatus, notReadyStatus, unprovenStatus } from './plane-statuses';
import type { TestPlane } from './test-planes';

/**
 * Returns ten planes of a fictional company: every state that a current schema allows, every role, both scopes, and
 * values that distinguish the search fields. Each test creates its own, because heartbeats age.
 */
export function smallCompany(): TestPlane[] {
  return [
    {
      kind: 'DataPlane',
      namespace: 'acme',
      name: 'orders-eu',
      displayName: 'Orders Europe',
      description: 'Checkout and baskets',
      labels: { region: 'eu-west-1', env: 'prod' },
      planeID: 'orders-eu-cluster',
      status: lostStatus(5 * HOUR_MS),
    },
    {
      kind: 'DataPlane',
      namespace: 'acme',
      name: 'orders-us',
      displayName: 'Orders America',
      labels: { region: 'us-east-1', env: 'prod' },
      planeID: 'orders-us-cluster',
      status: connectedStatus({ agents: 2, heartbeatAgoMs: 2000 }),
    },
    {
      kind: 'DataPlane',
      namespace: 'globex',
      name: 'kitchen',
      displayName: 'Küche Zürich',
      labels: { region: 'eu-central-1', env: 'dev' },
      planeID: 'kitchen-10',
      status: notReadyStatus('The chart gateway-controllers could not be rolled out.'),
    },
    {
      kind: 'DataPlane',
      namespace: 'globex',
      name: 'attic',
      displayName: 'Attic',
      labels: { env: 'dev' },
      planeID: 'attic-9',
      status: connectedStatus({ heartbeatAgoMs: 40_000 }),
      deleting: true,
    },
    {
      kind: 'ClusterDataPlane',
      name: 'shared',
      displayName: 'Shared ground',
      labels: { region: 'eu-west-1', env: 'staging' },
      planeID: 'ground',
      status: connectedStatus({ heartbeatAgoMs: 10_000 }),
    },
    {
      kind: 'DataPlane',
      namespace: 'acme',
      name: 'tenant',
      displayName: 'Tenant on shared ground',
      labels: { region: 'eu-west-1', env: 'staging' },
      planeID: 'ground',
      status: connectedStatus({ heartbeatAgoMs: 15_000 }),
    },
    {
      kind: 'WorkflowPlane',
      namespace: 'acme',
      name: 'builder',
      displayName: 'Builder',
      labels: { env: 'prod' },
      planeID: 'builder',
      status: unprovenStatus(),
    },
    {
      kind: 'ClusterWorkflowPlane',
      name: 'default',
      displayName: 'Company pipelines',
      labels: { env: 'prod' },
      planeID: 'company-pipelines',
      status: frozenStatus(),
    },
    {
      kind: 'ObservabilityPlane',
      namespace: 'globex',
      name: 'obs-globex',
      labels: { env: 'prod' },
      planeID: 'obs-globex',
    },
    {
      kind: 'ClusterObservabilityPlane',
      name: 'obs-company',
      displayName: 'Zentrale Beobachtung',
      labels: { env: 'prod' },
      planeID: 'obs-company',
      status: connectedStatus({ heartbeatAgoMs: 20_000 }),
    },
  ];
}

/** The titles of all planes, worst state first in the contract's order, by name within a state. */
export const WORST_FIRST = [
  'Orders Europe',
  'Company pipelines',
  'Builder',
  'Küche Zürich',
  'obs-globex',
  'Attic',
  'Orders America',
  'Shared ground',
  'Tenant on shared ground',
  'Zentrale Beobachtung',
] as const;

/** The titles of the planes with a heartbeat, the oldest heartbeat first. */
export const OLDEST_HEARTBEAT_FIRST = [
  'Company pipelines',
  'Orders Europe',
  'Attic',
  'Zentrale Beobachtung',
  'Tenant on shared ground',
  'Shared ground',
  'Küche Zürich',
  'Orders America',
] as const;

/** The titles of all planes, by the value of their label `region`, planes without one last. */
export const BY_REGION = [
  'Küche Zürich',
  'Orders Europe',
  'Shared ground',
  'Tenant on shared ground',
  'Orders America',
  'Attic',
  'Builder',
  'Company pipelines',
  'obs-globex',
  'Zentrale Beobachtung',
] as const;

/** The texts of the health filter's buttons: the number of planes, then the state. */
export const HEALTH_COUNTS = [
  '1Disconnected',
  '1Stale',
  '1Unknown',
  '1Degraded',
  '1Pending',
  '1Deleting',
  '4Healthy',
] as const;
