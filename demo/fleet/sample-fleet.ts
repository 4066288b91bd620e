import type { Release } from '@/demo/crds/profiles';
import { DAY_MS } from '@/lib/plane/time/duration';
import { agentSamples } from './agent-samples';
import { directSamples } from './direct-samples';
import { companyLabels, ORGANISATIONS, type Sample } from './sample';

/** Returns the sample fleet of a release: a company's planes, one for each situation that the release can express. */
export function sampleFleet(release: Release): Sample[] {
  if (release === '0.3') return samples03();
  if (release === '0.7') return samples07();
  return agentSamples(release);
}

function samples03(): Sample[] {
  const access = 'inline-credentials';
  return directSamples({ usual: access, other: access, third: access }, (host) => ({
    ...virtualHosts(host),
    registry: { prefix: 'registry.aurora.example/apps', secretRef: 'registry-credentials' },
  }));
}

function samples07(): Sample[] {
  const direct = directSamples(
    { usual: 'certificate-in-secret', other: 'token-in-secret', third: 'certificate-inline' },
    (host) => ({ ...virtualHosts(host), secretStoreRef: { name: 'vault-backend' } }),
  );
  const viaAgent = { ca: 'leaf-in-secret', agents: 1, ageMs: 20 * DAY_MS } as const;
  return [
    ...direct,
    {
      ...viaAgent,
      id: 'agent',
      shows: "With an agent, which this release doesn't report yet",
      kind: 'DataPlane',
      namespace: ORGANISATIONS.payments,
      name: 'ledger-core',
      displayName: 'Ledger',
      labels: companyLabels('eu-central-1', 'prod', 'ledger', 'on-prem'),
      spec: virtualHosts('ledger.aurora.example'),
      expected: { state: 'unmonitored', reasonCodes: ['not-measured'] },
    },
    {
      ...viaAgent,
      id: 'agent-pipeline',
      shows: 'A BuildPlane with an agent',
      kind: 'BuildPlane',
      namespace: ORGANISATIONS.japan,
      name: 'ci-osaka',
      displayName: 'CI Osaka',
      labels: companyLabels('ap-northeast-3', 'dev', 'developer-platform', 'aws'),
      ca: 'authority-inline',
      spec: {},
      expected: { state: 'unmonitored', reasonCodes: ['not-measured'] },
    },
  ];
}

function virtualHosts(host: string): Record<string, unknown> {
  return { gateway: { publicVirtualHost: `apps.${host}`, organizationVirtualHost: `internal.${host}` } };
}
