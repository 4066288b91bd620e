import { z } from '@/lib/zod';
import type { Json, JsonObject } from './json';

/** Separate from the types, because code that needs only `isJsonObject` must not load zod. */
export const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null(), z.array(jsonSchema), jsonObjectSchema]),
);
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);
