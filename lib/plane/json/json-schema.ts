import { z } from '@/lib/zod';
import type { Json, JsonObject } from './json';

/** Apart from the types, since code that only asks `isJsonObject` must not load zod. */
export const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonSchema), jsonObjectSchema]),
);
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);
