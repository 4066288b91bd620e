import { relatedResourcesSchema } from '@/lib/plane/related/related-resources';
import { z } from '@/lib/zod';

/** `GET /api/planes/<plural>/[<namespace>/]<name>/related`: what stands around a plane, read as the caller. */
export const relatedResourcesAnswerSchema = z.object({
  serverTime: z.string(),
  /** Of the plane that was read. */
  resourceVersion: z.string(),
  related: relatedResourcesSchema,
});
export type RelatedResourcesAnswer = z.infer<typeof relatedResourcesAnswerSchema>;
