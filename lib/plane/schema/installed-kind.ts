import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import { type SchemaNode, schemaAt } from './schema-node';

/** A plane kind with the schema under which this installation serves it. */
export interface InstalledKind {
  readonly entry: PlaneKindEntry;
  /** Of the whole kind: its `properties` are `spec` and `status`. */
  readonly schema: SchemaNode;
}

/** The same before its schema is read: OpenAPI lags some seconds behind discovery. */
export interface ServedKind {
  readonly entry: PlaneKindEntry;
  readonly schema: SchemaNode | undefined;
}

/** The schema of the kind's spec; an object without fields where the kind has none. */
export function specSchema(kind: InstalledKind): SchemaNode {
  return schemaAt(kind.schema, ['spec']) ?? { type: 'object', properties: {} };
}

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
