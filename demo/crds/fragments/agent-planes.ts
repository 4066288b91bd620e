import { type KindDefinition, planeKind } from '@/demo/crds/kind-definition';
import { type Field, required, type SecretField, string } from '@/demo/crds/schema';
import { kindOfName, type PlaneKindName } from '@/lib/plane/model/kinds';
import { clusterAgent, planeId } from './agent';
import { clusterObservabilityPlaneRef, observabilityPlaneRef, secretStoreRef } from './services';
import { planeStatus } from './status';

/**
 * Defines a plane kind of release 0.14 or later. It has an agent and a planeID, which cluster kinds require. All but
 * observability planes also have a secret store and a reference to an observability plane.
 *
 * @param further fields that the release adds to this kind
 */
export function agentPlane(
  kind: PlaneKindName,
  secretField: SecretField,
  further: Readonly<Record<string, Field>> = {},
): KindDefinition {
  const entry = kindOfName(kind);
  const isCluster = entry?.scope === 'Cluster';
  const observed: Record<string, Field> =
    entry?.role === 'observability'
      ? {}
      : {
          secretStoreRef: secretStoreRef(),
          observabilityPlaneRef: isCluster ? clusterObservabilityPlaneRef(kind) : observabilityPlaneRef(),
        };
  return planeKind(
    kind,
    {
      clusterAgent: clusterAgent(secretField),
      planeID: isCluster ? required(planeId()) : planeId(),
      ...observed,
      ...further,
    },
    planeStatus({ conditionsAreMap: isCluster, reportsAgent: true }),
  );
}

/** The fields that only observability planes have. Release 1.1 added the cost agent. */
export function observabilityUrls({ finOps }: { finOps: boolean }): Record<string, Field> {
  return {
    observerURL: required(string('Base URL of the Observer API in the observability cluster.')),
    rcaAgentURL: string('Base URL of the root cause analysis agent in the observability cluster.'),
    ...(finOps ? { finOpsAgentURL: string('Base URL of the cost agent in the observability cluster.') } : {}),
  };
}
