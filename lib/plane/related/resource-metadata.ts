import { z } from '@/lib/zod';

const textMap = z.record(z.string(), z.string()).catch({});

const managedFieldSchema = z.object({
  manager: z.string().catch(''),
  operation: z.string().catch(''),
  time: z.string().optional().catch(undefined),
  subresource: z.string().optional().catch(undefined),
});

const metadataSchema = z.object({
  name: z.string().catch(''),
  namespace: z.string().optional().catch(undefined),
  labels: textMap.default({}),
  annotations: textMap.default({}),
  managedFields: z.array(managedFieldSchema).catch([]).default([]),
});

/** What of a resource's metadata tells who keeps it and who wrote it. */
export type ResourceMetadata = z.infer<typeof metadataSchema>;

/** Reads the metadata of a resource as the API server serves it; what has the wrong form counts as absent. Never throws. */
export function resourceMetadata(raw: unknown): ResourceMetadata {
  const read = z.object({ metadata: metadataSchema }).safeParse(raw).data;
  return read?.metadata ?? { name: '', labels: {}, annotations: {}, managedFields: [] };
}
