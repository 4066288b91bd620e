import { kindsAndPlurals } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';

export const registeredObjectSchema = z.object({
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});
export type RegisteredObject = z.infer<typeof registeredObjectSchema>;

/** A sentence about something that was asked for; `path` is its place in the draft, empty when it has none. */
export const registrationWarningSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
});
export type RegistrationWarning = z.infer<typeof registrationWarningSchema>;

/** `POST /api/registrations?dryRun=true|false`; the body is a `Draft`. */
export const registrationAnswerSchema = z.object({
  /** `checked`: nothing was written. `adopted`: the same registration had been written before. */
  outcome: z.enum(['checked', 'created', 'adopted']),
  plane: z.object({
    plural: kindsAndPlurals.shape.plural,
    namespace: z.string().optional(),
    name: z.string(),
    /** Absent for a dry run. */
    uid: z.string().optional(),
  }),
  objects: z.array(
    registeredObjectSchema.extend({ outcome: z.enum(['would-create', 'created', 'adopted']) }),
  ),
  warnings: z.array(registrationWarningSchema),
});
export type RegistrationAnswer = z.infer<typeof registrationAnswerSchema>;

/** What a failed registration left behind; stands in the problem as `registration`. */
export const registrationRemainsSchema = z.object({
  /** Written by this attempt and removed again. */
  removed: z.array(registeredObjectSchema),
  /** Written and still there, since the API server did not let it be removed. */
  left: z.array(registeredObjectSchema),
  /** Whether it is there is not known: the API server's answer was lost. */
  unsure: z.array(registeredObjectSchema),
});
export type RegistrationRemains = z.infer<typeof registrationRemainsSchema>;
