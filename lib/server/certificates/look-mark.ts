import 'server-only';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { z } from '@/lib/zod';

const markedSchema = z.object({
  metadata: z.object({
    generation: z.number().optional(),
    annotations: z.record(z.string(), z.unknown()).optional(),
  }),
});

/**
 * By which it is told that somebody changed a plane or had its controller look again: controllers read Secrets anew then,
 * and so does Planeboard. Its status has no part in it.
 *
 * @param raw the resource as the API server serves it; one that cannot be read has an empty mark
 */
export function lookMark(raw: unknown): string {
  const read = markedSchema.safeParse(raw).data;
  if (!read) return '';
  const { generation = 0, annotations = {} } = read.metadata;
  return `${generation} ${String(annotations[REFRESHED_AT_ANNOTATION] ?? '')}`;
}
