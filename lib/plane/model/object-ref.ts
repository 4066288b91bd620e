import { z } from '@/lib/zod';

/** An object by its kind and name: what a reference names, a link's target, or what was written. */
export const objectRefSchema = z.object({
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});
export type ObjectRef = Readonly<z.infer<typeof objectRefSchema>>;
