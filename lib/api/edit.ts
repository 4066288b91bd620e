import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { maintenanceSchema } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';

/**
 * `PATCH /api/planes/...`. Null takes a label or an annotation away. Anything else of a resource cannot be said here:
 * an unknown field is refused, as to leave it out in silence would look like a change that was made.
 */
export const planeEditRequestSchema = z.strictObject({
  /**
   * Of the resource that the change was made from. When labels, annotations or spec were changed since it is a
   * conflict; a new status alone is none, as controllers write one every minute.
   */
  resourceVersion: z.string(),
  dryRun: z.boolean().optional(),
  changes: z.strictObject({
    displayName: z.string().nullable().optional(),
    description: z.string().nullable().optional(),
    labels: z.record(z.string(), z.string().nullable()).optional(),
    annotations: z.record(z.string(), z.string().nullable()).optional(),
    /** Planned work until an RFC 3339 time, for a reason that may be shown to everybody; null ends it. */
    maintenance: z.strictObject(maintenanceSchema.shape).nullable().optional(),
    /** A JSON merge patch of the spec. A mask in the place of a stored secret keeps what is stored. */
    spec: jsonObjectSchema.optional(),
  }),
  /** Writes even though another tool manages the resource and will undo the change. */
  evenIfManaged: z.boolean().optional(),
});
export type PlaneEditRequest = z.infer<typeof planeEditRequestSchema>;

/** The resource before and after, as the API server has or would have it; secrets masked. */
export const planeEditAnswerSchema = z.object({
  dryRun: z.boolean(),
  resourceVersion: z.string(),
  before: z.string(),
  after: z.string(),
  warnings: z.array(z.string()),
});
export type PlaneEditAnswer = z.infer<typeof planeEditAnswerSchema>;
