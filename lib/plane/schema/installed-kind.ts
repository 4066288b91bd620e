import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { Draft } from '@/lib/plane/registration/draft';
import { type SchemaNode, schemaAt } from './schema-node';

/** A plane kind with the schema under which this installation serves it. */
export interface InstalledKind {
  readonly entry: PlaneKindEntry;
  /** Of the whole kind: its `properties` are `spec` and `status`. */
  readonly schema: SchemaNode;
}

/** The part of a draft from which its spec is made. */
export type SpecDraft = Pick<Draft, 'spec' | 'credentials' | 'connection' | 'auth'>;

/** The schema of the kind's spec; an object without fields where the kind has none. */
export function specSchema(kind: InstalledKind): SchemaNode {
  return schemaAt(kind.schema, ['spec']) ?? { type: 'object', properties: {} };
}
