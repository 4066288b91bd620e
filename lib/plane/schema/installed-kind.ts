import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import { type SchemaNode, schemaAt } from './schema-node';

/** A plane kind with the schema under which this installation serves it. */
export interface InstalledKind {
  readonly entry: PlaneKindEntry;
  /** Of the whole kind: its `properties` are `spec` and `status`. */
  readonly schema: SchemaNode;
}

/** The schema of the kind's spec; an object without fields where the kind has none. */
export function specSchema(kind: InstalledKind): SchemaNode {
  return schemaAt(kind.schema, ['spec']) ?? { type: 'object', properties: {} };
}
