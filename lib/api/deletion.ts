import { z } from '@/lib/zod';

/** `DELETE /api/planes/...`: the name is typed by the person, the uid is of the plane that they saw. */
export const planeDeletionSchema = z.strictObject({
  confirm: z.string(),
  uid: z.string(),
  /** Whether the Secrets that Planeboard made for this plane go with it, once it is gone. */
  deleteSecret: z.boolean().optional(),
  evenIfManaged: z.boolean().optional(),
});
export type PlaneDeletion = z.infer<typeof planeDeletionSchema>;

export const planeDeletionAnswerSchema = z.object({
  /** `gone` at once, or `terminating` until its finalizers let it go. */
  outcome: z.enum(['gone', 'terminating']),
  secret: z.enum(['deleted', 'kept', 'failed']),
  /** Why the Secret is still there although it was to go, in sentences. */
  secretProblem: z.string().optional(),
});
export type PlaneDeletionAnswer = z.infer<typeof planeDeletionAnswerSchema>;
