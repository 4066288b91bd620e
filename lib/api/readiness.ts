import { z } from '@/lib/zod';
import { apiServerSchema, sourceSchema } from './fleet';

/** `GET /readyz`: what a load balancer may know. */
export const readinessSchema = z.object({
  /** The configuration is valid and the server is up, or there would be no response. */
  status: z.literal('ready'),
  apiServer: apiServerSchema.omit({ problem: true }),
  sources: z.array(sourceSchema.omit({ problem: true })),
});
export type Readiness = z.infer<typeof readinessSchema>;
