import type { KindDefinition } from '../definition';
import { inlineCluster } from '../fragments/direct-access';
import { environmentByName } from '../fragments/environment';
import { virtualHostGateway } from '../fragments/gateway';
import { observer, registry } from '../fragments/services';
import { emptyStatus, planeStatus } from '../fragments/status';
import { planeKind } from '../plane-kind';

/** Release 0.3: direct access with inline credentials, no agents. */
export function release03(): KindDefinition[] {
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
