import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import { type SchemaNode, schemaAt } from './schema-node';

/** A plane kind with the schema that this installation serves. */
export interface InstalledKind {
  readonly entry: PlaneKindEntry;
  /** The schema of the whole kind; its `properties` are `spec` and `status`. */
  readonly schema: SchemaNode;
}

/** An installed kind whose schema may not be read yet: OpenAPI lags discovery by some seconds. */
export interface ServedKind {
  readonly entry: PlaneKindEntry;
  readonly schema: SchemaNode | undefined;
}

/** Returns the schema of the kind's spec, or an object without fields if the kind has no spec. */
export function specSchema(kind: InstalledKind): SchemaNode {
  return schemaAt(kind.schema, ['spec']) ?? { type: 'object', properties: {} };
}

/**
 * Returns the features of a kind. Without a schema it assumes nothing, because an unread field isn't a missing field.
 * The health of such a plane is unknown until its status reports an agent.
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
