import { z } from '@/lib/zod';

/** An object by its kind and name: the target of a reference or link, or an object that was written. */
export const objectRefSchema = z.object({
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});
export type ObjectRef = Readonly<z.infer<typeof objectRefSchema>>;
