import { z } from '@/lib/zod';

const planeSchema = z.object({
  plural: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

/** `GET /api/leftovers`: Secrets that Planeboard created for planes that don't exist. */
export const leftoversSchema = z.object({
  secrets: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      uid: z.string(),
      createdAt: z.string(),
      /** Who registered the plane, as the API server names them; absent if the Secret doesn't say. */
      createdBy: z.string().optional(),
      /** The plane that it was created for. */
      plane: planeSchema,
    }),
  ),
});
export type LeftoverSecret = z.infer<typeof leftoversSchema>['secrets'][number];

/** `DELETE /api/leftovers`: the Secret that the person saw. */
export const leftoverDeletionSchema = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
});
