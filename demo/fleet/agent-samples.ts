import type { Release } from '@/demo/crds/profiles';
import type { AgentProfile } from './agent-profile';
import { connectedSamples } from './connected-samples';
import { maintainedSample } from './maintained-sample';
import type { Sample } from './sample';
import { troubledSamples } from './troubled-samples';
import { unreadableSamples } from './unreadable-samples';

/** The sample fleet of 0.16, 1.0 and 1.2. */
export function agentSamples(release: Release): Sample[] {
  const profile = profileOf(release);
  return [
    ...connectedSamples(profile),
    ...troubledSamples(profile),
    maintainedSample(profile),
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
