import type { Release } from '@/demo/crds/profiles';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { connectedSamples } from './connected-samples';
import { type AgentProfile, companyLabels, ORGANISATIONS, type Sample } from './sample';
import { unhealthySamples } from './unhealthy-samples';

/** The sample fleet of 0.16, 1.0 and 1.2. */
export function agentSamples(release: Release): Sample[] {
  const profile = profileOf(release);
  return [
    ...connectedSamples(profile),
    ...unhealthySamples(profile),
    maintenanceSample(profile),
    ...unreadableSamples(profile),
  ];
}

function profileOf(release: Release): AgentProfile {
  const isOld = release === '0.16';
  return {
    pipeline: isOld ? 'BuildPlane' : 'WorkflowPlane',
    clusterPipeline: isOld ? 'ClusterBuildPlane' : 'ClusterWorkflowPlane',
    environmentsBlock: !isOld,
    dataSpec: isOld ? virtualHosts : ingress,
  };
}

function virtualHosts(host: string): Record<string, unknown> {
  return {
    gateway: { publicVirtualHost: `apps.${host}`, organizationVirtualHost: `internal.${host}` },
    secretStoreRef: { name: 'vault-backend' },
  };
}

function ingress(host: string): Record<string, unknown> {
  return {
    gateway: {
      ingress: {
        external: {
          name: 'gateway-default',
          namespace: 'openchoreo-data-plane',
          https: { host: `apps.${host}`, port: 443, listenerName: 'https' },
        },
      },
    },
    secretStoreRef: { name: 'vault-backend' },
  };
}

/** A plane that is down for planned work. */
function maintenanceSample({ dataSpec }: AgentProfile): Sample {
  return {
    id: 'maintenance',
    shows: 'In maintenance for eight hours, so it raises no alarm although its agent is disconnected',
    kind: 'DataPlane',
    namespace: ORGANISATIONS.logistics,
    name: 'sorting-lyon',
    displayName: 'Sorting centre Lyon',
    labels: companyLabels('eu-west-3', 'prod', 'warehouse-automation', 'on-prem'),
    planeID: 'sorting-lyon',
    spec: dataSpec('sorting-lyon.aurora.example'),
    ca: 'authority-in-secret',
    agents: 0,
    ageMs: 120 * DAY_MS,
    history: {
      connected: false,
      agents: 0,
      connectedAgoMs: 40 * DAY_MS,
      heartbeatAgoMs: 37 * MINUTE_MS,
      disconnectedAgoMs: 35 * MINUTE_MS,
    },
    maintenance: { forMs: 8 * HOUR_MS, reason: 'New switches in the machine room' },
    expected: { state: 'disconnected', reasonCodes: ['agent-lost'] },
  };
}

/** Resources that can't be parsed as their kind. The dashboard must show them anyway. */
function unreadableSamples({ dataSpec }: AgentProfile): Sample[] {
  const unreadable = { state: 'unknown', reasonCodes: ['unreadable'] } as const;
  return [
    {
      id: 'unreadable-plane-id',
      shows: 'Unreadable: its planeID is a number, stored under an earlier schema',
      kind: 'DataPlane',
      namespace: ORGANISATIONS.retail,
      name: 'outlet-lisbon',
      displayName: 'Outlet Lisbon',
      labels: companyLabels('eu-south-2', 'dev', 'storefront', 'aws'),
      spec: dataSpec('lisbon.aurora.example'),
      ca: 'leaf-inline',
      agents: 0,
      ageMs: 320 * DAY_MS,
      frozen: true,
      illegal: { spec: { planeID: 42 } },
      expected: unreadable,
    },
    {
      id: 'unreadable-status',
      shows: 'Unreadable: its status says "yes" instead of true or false',
      kind: 'ClusterObservabilityPlane',
      name: 'metrics-archive',
      displayName: 'Metrics archive',
      labels: companyLabels('us-east-1', 'prod', 'sre', 'aws'),
      planeID: 'metrics-archive',
      spec: { observerURL: 'https://archive.aurora.example' },
      ca: 'authority-in-secret',
      agents: 0,
      ageMs: 330 * DAY_MS,
      frozen: true,
      illegal: { status: { agentConnection: { connected: 'yes', connectedAgents: 1 } } },
      expected: unreadable,
    },
    {
      id: 'no-spec',
      shows: 'Unreadable: it has no spec',
      kind: 'DataPlane',
      namespace: ORGANISATIONS.japan,
      name: 'placeholder',
      labels: {},
      spec: null,
      agents: 0,
      ageMs: 6 * DAY_MS,
      expected: unreadable,
    },
  ];
}
