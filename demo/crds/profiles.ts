import { optionalAgent } from '@/demo/crds/fragments/agent';
import { agentPlane, observabilityUrls } from '@/demo/crds/fragments/agent-planes';
import { directCluster, inlineCluster } from '@/demo/crds/fragments/direct-access';
import { directionalGateway, portGateway, virtualHostGateway } from '@/demo/crds/fragments/gateway';
import {
  environmentByName,
  environmentByReference,
  workflowKinds,
} from '@/demo/crds/fragments/referring-kinds';
import { imagePullSecretRefs, observer, registry, secretStoreRef } from '@/demo/crds/fragments/services';
import { emptyStatus, planeStatus } from '@/demo/crds/fragments/status';
import {
  type CustomResourceDefinition,
  customResourceDefinition,
  type KindDefinition,
  planeKind,
} from './kind-definition';

/** The releases of the plane API that the demo can serve, oldest first. */
export const RELEASES = ['0.3', '0.7', '0.16', '1.0', '1.2'] as const;
export type Release = (typeof RELEASES)[number];
export const DEFAULT_RELEASE: Release = '1.2';

const PROFILES: Record<Release, () => KindDefinition[]> = {
  '0.3': release03,
  '0.7': release07,
  '0.16': release016,
  '1.0': () => release1({ finOps: false }),
  '1.2': () => release1({ finOps: true }),
};

/** Whether a text is a release that the demo can serve. */
export function isRelease(text: string): text is Release {
  return RELEASES.some((release) => release === text);
}

/** The CustomResourceDefinitions of a release: its plane kinds, Environment, and its workflow kinds if it has any. */
export function crdsOf(release: Release): CustomResourceDefinition[] {
  return PROFILES[release]().map(customResourceDefinition);
}

/** Release 0.3: direct access with inline credentials, no agents. */
function release03(): KindDefinition[] {
  return [
    planeKind(
      'DataPlane',
      {
        kubernetesCluster: inlineCluster(),
        registry: registry(),
        gateway: virtualHostGateway(),
        observer: observer(),
      },
      planeStatus({}),
    ),
    planeKind('BuildPlane', { kubernetesCluster: inlineCluster(), observer: observer() }, emptyStatus()),
    environmentByName({ immutable: false }),
  ];
}

/** Release 0.7: a choice of agent or direct access. The status doesn't report agents yet. */
function release07(): KindDefinition[] {
  const access = { agent: optionalAgent(), kubernetesCluster: directCluster(), observer: observer() };
  return [
    planeKind(
      'DataPlane',
      {
        ...access,
        gateway: virtualHostGateway(),
        imagePullSecretRefs: imagePullSecretRefs(),
        secretStoreRef: secretStoreRef(),
      },
      planeStatus({}),
    ),
    planeKind('BuildPlane', access, emptyStatus()),
    environmentByName({ immutable: true }),
  ];
}

/** Release 0.16: agents everywhere, cluster kinds, build planes. */
function release016(): KindDefinition[] {
  const data = { gateway: portGateway(), imagePullSecretRefs: imagePullSecretRefs() };
  const urls = observabilityUrls({ finOps: false });
  return [
    agentPlane('DataPlane', 'secretRef', data),
    agentPlane('ClusterDataPlane', 'secretRef', data),
    agentPlane('BuildPlane', 'secretRef'),
    agentPlane('ClusterBuildPlane', 'secretRef'),
    agentPlane('ObservabilityPlane', 'secretRef', urls),
    agentPlane('ClusterObservabilityPlane', 'secretRef', urls),
    environmentByReference(),
  ];
}

/** Releases 1.0 and later: workflow planes instead of build planes. Release 1.1 added the cost agent. */
function release1({ finOps }: { finOps: boolean }): KindDefinition[] {
  const data = { gateway: directionalGateway() };
  const urls = observabilityUrls({ finOps });
  return [
    agentPlane('DataPlane', 'secretKeyRef', data),
    agentPlane('ClusterDataPlane', 'secretKeyRef', data),
    agentPlane('WorkflowPlane', 'secretKeyRef'),
    agentPlane('ClusterWorkflowPlane', 'secretKeyRef'),
    agentPlane('ObservabilityPlane', 'secretKeyRef', urls),
    agentPlane('ClusterObservabilityPlane', 'secretKeyRef', urls),
    environmentByReference(),
    ...workflowKinds(),
  ];
}
