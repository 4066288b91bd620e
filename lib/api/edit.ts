import { consequenceSchema } from '@/lib/plane/consequences/consequence';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { maintenanceSchema } from '@/lib/plane/model/plane';
import { managingToolSchema } from '@/lib/plane/related/related-resources';
import { z } from '@/lib/zod';

/**
 * `PATCH /api/planes/...`. Null removes a label or an annotation. Nothing else of a resource can be changed here:
 * unknown fields are rejected, because ignoring one would look like a successful change.
 */
export const planeEditRequestSchema = z.strictObject({
  /**
   * The version that the change is based on. A change of labels, annotations or spec since then is a conflict. A new
   * status alone is not, because controllers write one every minute.
   */
  resourceVersion: z.string(),
  dryRun: z.boolean().optional(),
  changes: z.strictObject({
    displayName: z.string().nullable().optional(),
    description: z.string().nullable().optional(),
    /** The team or person to call. */
    owner: z.string().nullable().optional(),
    /** An http or https address without credentials. */
    runbookUrl: z.string().nullable().optional(),
    labels: z.record(z.string(), z.string().nullable()).optional(),
    annotations: z.record(z.string(), z.string().nullable()).optional(),
    /** Planned work until an RFC 3339 time, with a reason that everyone may see; null ends it. */
    maintenance: z.strictObject(maintenanceSchema.shape).nullable().optional(),
    /** A JSON merge patch of the spec. A mask in place of a secret keeps the stored value. */
    spec: jsonObjectSchema.optional(),
  }),
  /** Writes even if another tool manages the resource and will undo the change. */
  evenIfManaged: z.boolean().optional(),
});
export type PlaneEditRequest = z.infer<typeof planeEditRequestSchema>;

/** The resource before and after the change, as the API server has or would have it; secrets masked. */
export const planeEditAnswerSchema = z.object({
  dryRun: z.boolean(),
  resourceVersion: z.string(),
  before: z.string(),
  after: z.string(),
  /**
   * The requested fields that the API server has not, or would not have, as requested, such as
   * `["metadata", "labels", "team"]`. Admission policies and webhooks may drop or change them.
   */
  notStored: z.array(z.array(z.string())),
  warnings: z.array(z.string()),
  /**
   * What the change does to agents, siblings and users of the plane, worst first. Only in the answer to a dry run. `stop`
   * and `harm` need a person's confirmation; a program decides for itself.
   */
  consequences: z.array(consequenceSchema).optional(),
  /** The tool that manages the plane and will revert the change. Only in the answer to a dry run; absent if there is none. */
  managedBy: managingToolSchema.optional(),
});
export type PlaneEditAnswer = z.infer<typeof planeEditAnswerSchema>;
