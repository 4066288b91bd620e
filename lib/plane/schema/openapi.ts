import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { PLANE_GROUP, PLANE_VERSION } from '@/lib/plane/model/kinds';
import { z } from '@/lib/zod';
import type { SchemaNode } from './schema-node';

const gvkSchema = z.array(z.object({ group: z.string(), version: z.string(), kind: z.string() }));

const PATHS = `/apis/${PLANE_GROUP}/${PLANE_VERSION}/`;

/**
 * The part of an OpenAPI v3 document that `planeSchemas` reads. A document of another group isn't one: that it describes
 * no plane kinds would say nothing about their schemas.
 */
export const openApiSchema = z.object({
  paths: z
    .record(z.string(), z.unknown())
    .refine((paths) => Object.keys(paths).some((path) => path.startsWith(PATHS))),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

const NODE_TYPES: ReadonlySet<string> = new Set([
  'object',
  'array',
  'string',
  'integer',
  'number',
  'boolean',
]);

/**
 * Reads the schema of each kind of the group, by kind, from an OpenAPI v3 document
 * (`/openapi/v3/apis/openchoreo.dev/v1alpha1`). Keeps only `spec` and `status` of a kind's top level; the rest is the
 * same for every resource.
 */
export function planeSchemas({
  components,
}: Pick<z.infer<typeof openApiSchema>, 'components'>): Map<string, SchemaNode> {
  const found = new Map<string, SchemaNode>();
  for (const schema of Object.values(components.schemas)) {
    const gvks = gvkSchema.safeParse(schema['x-kubernetes-group-version-kind']);
    const gvk = gvks.data?.find((item) => item.group === PLANE_GROUP && item.version === PLANE_VERSION);
    if (!gvk || !isJsonObject(schema.properties)) continue;
    const properties: Record<string, SchemaNode> = {};
    for (const part of ['spec', 'status']) {
      const child = schema.properties[part];
      if (isJsonObject(child)) properties[part] = toNode(child, asStrings(schema.required).includes(part));
    }
    found.set(gvk.kind, { type: 'object', properties });
  }
  return found;
}

function toNode(schema: Record<string, unknown>, required: boolean): SchemaNode {
  const node: SchemaNode = { type: typeOf(schema) };
  if (required) node.required = true;
  if (typeof schema.description === 'string') node.description = schema.description;
  if ('default' in schema) node.default = schema.default;
  if (Array.isArray(schema.enum)) node.enum = asStrings(schema.enum);
  for (const key of ['pattern', 'format'] as const) {
    const value = schema[key];
    if (typeof value === 'string') node[key] = value;
  }
  for (const key of ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'] as const) {
    const value = schema[key];
    if (typeof value === 'number') node[key] = value;
  }
  if (isJsonObject(schema.properties)) {
    const requiredNames = new Set(asStrings(schema.required));
    node.properties = Object.fromEntries(
      Object.entries(schema.properties)
        .filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
        .map(([name, child]) => [name, toNode(child, requiredNames.has(name))]),
    );
  }
  if (isJsonObject(schema.items)) node.items = toNode(schema.items, false);
  if (isJsonObject(schema.additionalProperties))
    node.additionalProperties = toNode(schema.additionalProperties, false);
  const validations = validationsOf(schema['x-kubernetes-validations']);
  if (validations.length > 0) node.validations = validations;
  return node;
}

/** Returns `any` for a node that a form can't model: preserved unknown fields, int-or-string, or no type. */
function typeOf(schema: Record<string, unknown>): SchemaNode['type'] {
  if (schema['x-kubernetes-int-or-string'] === true) return 'any';
  if (schema['x-kubernetes-preserve-unknown-fields'] === true && !isJsonObject(schema.properties))
    return 'any';
  const { type } = schema;
  return typeof type === 'string' && NODE_TYPES.has(type) ? (type as SchemaNode['type']) : 'any';
}

function validationsOf(value: unknown): { rule: string; message?: string }[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJsonObject).flatMap(({ rule, message }) => {
    if (typeof rule !== 'string') return [];
    return [typeof message === 'string' ? { rule, message } : { rule }];
  });
}

function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
