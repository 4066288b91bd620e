import { z } from '@/lib/zod';

/**
 * `DELETE /api/planes/...`: `confirm` is the name that the person typed, `uid` identifies the plane that they saw.
 */
export const planeDeletionSchema = z.strictObject({
  confirm: z.string(),
  uid: z.string(),
  /** Whether to delete the Secrets that Planeboard created for this plane once the plane is deleted. */
  deleteSecret: z.boolean().optional(),
  evenIfManaged: z.boolean().optional(),
});
export type PlaneDeletion = z.infer<typeof planeDeletionSchema>;

export const planeDeletionAnswerSchema = z.object({
  /** `gone` at once, or `terminating` until its finalizers are removed. */
  outcome: z.enum(['gone', 'terminating']),
  secret: z.enum(['deleted', 'kept', 'failed']),
  /** Why the Secret was not deleted although it was requested, in sentences. */
  secretProblem: z.string().optional(),
});
export type PlaneDeletionAnswer = z.infer<typeof planeDeletionAnswerSchema>;
