import { z } from 'zod';
import { planeCircumstancesSchema } from '@/lib/plane/related/related-resources';

/** `GET /api/planes/<plural>/[<namespace>/]<name>/circumstances`: what stands around a plane, read as the caller. */
export const circumstancesAnswerSchema = z.object({
  serverTime: z.string(),
  /** Of the plane that was read. */
  resourceVersion: z.string(),
  circumstances: planeCircumstancesSchema,
});
export type CircumstancesAnswer = z.infer<typeof circumstancesAnswerSchema>;
