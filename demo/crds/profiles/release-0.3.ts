import type { KindDefinition } from '@/demo/crds/definition';
import { inlineCluster } from '@/demo/crds/fragments/direct-access';
import { environmentByName } from '@/demo/crds/fragments/environment';
import { virtualHostGateway } from '@/demo/crds/fragments/gateway';
import { observer, registry } from '@/demo/crds/fragments/services';
import { emptyStatus, planeStatus } from '@/demo/crds/fragments/status';
import { planeKind } from '@/demo/crds/plane-kind';

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
