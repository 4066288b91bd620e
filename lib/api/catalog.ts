import { ROLES, SCOPES } from '@/lib/plane/model/kinds';
import { schemaNodeSchema } from '@/lib/plane/schema/schema-node';
import { z } from '@/lib/zod';

/** One installed plane kind and its fields. */
const catalogKindSchema = z.object({
  kind: z.string(),
  plural: z.string(),
  role: z.enum(ROLES),
  scope: z.enum(SCOPES),
  label: z.string(),
  /**
   * The kind's full schema, with `properties.spec` and `properties.status`; absent until the API server has returned
   * it.
   */
  schema: schemaNodeSchema.optional(),
});
export type CatalogKind = z.infer<typeof catalogKindSchema>;

/** `GET /api/catalog`. */
export const catalogSchema = z.object({
  serverTime: z.string(),
  /** When discovery last answered, RFC 3339; null: never. */
  readAt: z.string().nullable(),
  /** Why the schemas can't be read, in sentences; absent: they can. */
  schemaProblem: z.string().optional(),
  kinds: z.array(catalogKindSchema),
});
export type Catalog = z.infer<typeof catalogSchema>;
