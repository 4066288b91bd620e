import type { KindDefinition } from '../definition';
import { agentPlane, observabilityUrls } from '../fragments/agent-planes';
import { environmentByReference } from '../fragments/environment';
import { portGateway } from '../fragments/gateway';
import { imagePullSecretRefs } from '../fragments/services';

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
