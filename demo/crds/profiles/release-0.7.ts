import type { KindDefinition } from '../definition';
import { optionalAgent } from '../fragments/agent';
import { directCluster } from '../fragments/direct-access';
import { environmentByName } from '../fragments/environment';
import { virtualHostGateway } from '../fragments/gateway';
import { imagePullSecretRefs, observer, secretStoreRef } from '../fragments/services';
import { emptyStatus, planeStatus } from '../fragments/status';
import { planeKind } from '../plane-kind';

/** Release 0.7: a choice of agent or direct access; the status says nothing of agents yet. */
export function release07(): KindDefinition[] {
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
