import type { KindDefinition } from '@/demo/crds/definition';
import { agentPlane, observabilityUrls } from '@/demo/crds/fragments/agent-planes';
import { environmentByReference } from '@/demo/crds/fragments/environment';
import { portGateway } from '@/demo/crds/fragments/gateway';
import { imagePullSecretRefs } from '@/demo/crds/fragments/services';

/** Release 0.16: agents everywhere, cluster kinds, build planes. */
export function release016(): KindDefinition[] {
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
