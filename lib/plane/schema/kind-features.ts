import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { type SchemaNode, schemaAt } from './schema-node';

/**
 * The features of a kind. Without a schema nothing is assumed: a field that could not be asked for is not a field that
 * the release lacks, so then a plane's health is unknown until its own status reports on an agent.
 */
export function kindFeatures(schema: SchemaNode | undefined): KindFeatures {
  const has = (...path: string[]) => schemaAt(schema, path) !== undefined;
  return {
    known: schema !== undefined,
    planeID: has('spec', 'planeID'),
    agentConnection: has('status', 'agentConnection'),
    clusterAgent: has('spec', 'clusterAgent'),
    optionalAgent: has('spec', 'agent'),
    directAccess: has('spec', 'kubernetesCluster'),
  };
}
