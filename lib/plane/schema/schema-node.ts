import { z } from '@/lib/zod';

/**
 * A field of a plane kind in the installed schema: a reduced JSON schema. Forms, help texts and checks are generated
 * from it, so the fields of every release can be edited.
 */
export interface SchemaNode {
  type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'any';
  description?: string | undefined;
  /** Whether the parent object requires it. */
  required?: boolean | undefined;
  default?: unknown;
  enum?: string[] | undefined;
  pattern?: string | undefined;
  format?: string | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  properties?: Record<string, SchemaNode> | undefined;
  items?: SchemaNode | undefined;
  /** The type of the values in a free-form map. */
  additionalProperties?: SchemaNode | undefined;
  /** x-kubernetes-validations: CEL rules. Only the message is useful outside the API server. */
  validations?: { rule: string; message?: string | undefined }[] | undefined;
}

export const schemaNodeSchema: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    type: z.enum(['object', 'array', 'string', 'integer', 'number', 'boolean', 'any']),
    description: z.string().optional(),
    required: z.boolean().optional(),
    default: z.unknown().optional(),
    enum: z.array(z.string()).optional(),
    pattern: z.string().optional(),
    format: z.string().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    properties: z.record(z.string(), schemaNodeSchema).optional(),
    items: schemaNodeSchema.optional(),
    additionalProperties: schemaNodeSchema.optional(),
    validations: z.array(z.object({ rule: z.string(), message: z.string().optional() })).optional(),
  }),
);

/**
 * Returns the node at a path such as `['status', 'agentConnection']`, or undefined if the schema has no such field.
 */
export function schemaAt(root: SchemaNode | undefined, path: readonly string[]): SchemaNode | undefined {
  let node = root;
  for (const segment of path) node = childNode(node, segment);
  return node;
}

/** Returns the node of one own property. A path may come from outside, and every object inherits a `constructor`. */
export function childNode(node: SchemaNode | undefined, name: string): SchemaNode | undefined {
  const properties = node?.properties;
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
}
