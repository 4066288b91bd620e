import { shownMessage } from '@/lib/plane/model/shown-text';
import { z } from '@/lib/zod';
import type { FieldManager } from './related-resources';

const textMap = z.record(z.string(), z.string()).catch({});

const managedFieldSchema = z.object({
  manager: z.string().catch(''),
  operation: z.string().catch(''),
  time: z.string().optional().catch(undefined),
  subresource: z.string().optional().catch(undefined),
});

const ownerReferenceSchema = z.object({
  kind: z.string(),
  name: z.string(),
  controller: z.boolean().catch(false).default(false),
});

const metadataSchema = z.object({
  name: z.string().catch(''),
  namespace: z.string().optional().catch(undefined),
  labels: textMap.default({}),
  annotations: textMap.default({}),
  managedFields: z.array(managedFieldSchema).catch([]).default([]),
  ownerReferences: z.array(ownerReferenceSchema).catch([]).default([]),
});

/** The part of a resource's metadata that shows what manages it and who wrote it. */
export type ResourceMetadata = z.infer<typeof metadataSchema>;

/**
 * Reads the metadata of a resource as the API server serves it. Values of the wrong type count as absent. Never
 * throws.
 */
export function resourceMetadata(raw: unknown): ResourceMetadata {
  const read = z.object({ metadata: metadataSchema }).safeParse(raw).data;
  return read?.metadata ?? { name: '', labels: {}, annotations: {}, managedFields: [], ownerReferences: [] };
}

/**
 * Returns who wrote a resource, newest first, by its managedFields: an entry for each field manager, operation and
 * subresource. The API server updates an entry's time, in whole seconds, whenever its manager changes a value.
 * Entries without a time come last. Names of managers that contain a secret are masked.
 *
 * @param raw the resource as the API server serves it
 */
export function fieldManagersOf(raw: unknown): FieldManager[] {
  return resourceMetadata(raw)
    .managedFields.map(({ manager, operation, time, subresource }) => ({
      manager: shownMessage(manager),
      operation,
      at: time ?? null,
      subresource: subresource ?? null,
    }))
    .toSorted((a, b) => timeOf(b) - timeOf(a));
}

function timeOf({ at }: FieldManager): number {
  const ms = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? 0 : ms;
}
