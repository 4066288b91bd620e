import type { AgentProfile } from './agent-profile';
import { companyLabels, ORGANISATIONS } from './company';
import { DAY_MS } from './durations';
import type { Sample } from './sample';

/** Resources that cannot be read as what they claim to be; they have to be seen all the same. */
export function unreadableSamples({ dataSpec }: AgentProfile): Sample[] {
  const unreadable = { state: 'unknown', reasonCodes: ['unreadable'] } as const;
  return [
    {
      id: 'unreadable-plane-id',
      shows: 'Cannot be read: its planeID is a number, from the days of a looser schema',
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
      shows: 'Cannot be read: its status says "yes" where true or false belongs',
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
      shows: 'Cannot be read: it has no spec at all',
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
