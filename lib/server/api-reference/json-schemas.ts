import 'server-only';
import type { z } from '@/lib/zod';
import { registry, toJSONSchema } from '@/lib/zod-json-schema';
import { ANSWER_SCHEMAS, REQUEST_SCHEMAS } from './named-schemas';

/** A JSON Schema of draft 2020-12, which is that of OpenAPI 3.1. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Requests are described as they may be sent, answers as they come. */
type Direction = 'input' | 'output';

const NAMED = { input: REQUEST_SCHEMAS, output: ANSWER_SCHEMAS };
const refOf = (name: string) => `#/components/schemas/${name}`;

/** Returns the named schemas of requests and answers, which refer to each other as parts of an OpenAPI document. */
export function namedJsonSchemas(): Record<string, JsonSchema> {
  return { ...schemasOf('input'), ...schemasOf('output') };
}

function schemasOf(io: Direction): Record<string, JsonSchema> {
  const named = registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED[io])) named.add(schema, { id });
  const { schemas } = toJSONSchema(named, { ...options(io), uri: refOf });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
}

/** Returns the name of a schema, or null if it has none. */
export function schemaName(schema: z.ZodType, io: Direction): string | null {
  return Object.entries(NAMED[io]).find(([, named]) => named === schema)?.[0] ?? null;
}

/** Returns a reference to a named schema, or the JSON Schema of one without a name. */
export function jsonSchemaOf(schema: z.ZodType, io: Direction): JsonSchema {
  const name = schemaName(schema, io);
  if (name !== null) return { $ref: refOf(name) };
  const { $schema: _, ...inline } = toJSONSchema(schema, options(io));
  return inline;
}

/** The little of zod's own description of a schema that is read here. */
interface Described {
  readonly _zod: { readonly def: { readonly type: string; readonly catchall?: unknown } };
}

function options(io: Direction) {
  return {
    io,
    target: 'draft-2020-12',
    // JSON has one kind of numbers.
    unrepresentable: ({ zodSchema }: { zodSchema: Described }) =>
      zodSchema._zod.def.type === 'bigint' ? { type: 'integer' as const } : 'throw',
    override: ({ zodSchema, jsonSchema }: { zodSchema: Described; jsonSchema: object }) => {
      const { type, catchall } = zodSchema._zod.def;
      // zod promises that an answer has no unknown fields, because it drops them. Later releases add some.
      if (io === 'output' && type === 'object' && !catchall)
        Reflect.deleteProperty(jsonSchema, 'additionalProperties');
    },
  } as const;
}
