import { z } from '@/lib/zod';

/** `GET /api/ca-access`: the Secrets with agents' CAs of the planes that the caller sees, and the right to read them. */
export const caAccessSchema = z.object({
  /** The name of Planeboard's account on the API server; null until it has answered. */
  account: z.string().nullable(),
  /** The number of planes whose CA is in a Secret. */
  planes: z.number(),
  /** Those of them whose Secret the account may not get. */
  unchecked: z.number(),
  secrets: z.array(z.object({ namespace: z.string(), name: z.string() })),
  /** Roles and RoleBindings for exactly these Secrets, as YAML; empty without Secrets or while the account isn't known. */
  manifest: z.string(),
});
export type CaAccess = z.infer<typeof caAccessSchema>;
