import type { KindDefinition } from '@/demo/crds/definition';
import { optionalAgent } from '@/demo/crds/fragments/agent';
import { directCluster } from '@/demo/crds/fragments/direct-access';
import { environmentByName } from '@/demo/crds/fragments/environment';
import { virtualHostGateway } from '@/demo/crds/fragments/gateway';
import { imagePullSecretRefs, observer, secretStoreRef } from '@/demo/crds/fragments/services';
import { emptyStatus, planeStatus } from '@/demo/crds/fragments/status';
import { planeKind } from '@/demo/crds/plane-kind';

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
