import { z } from '@/lib/zod';

/** `POST /api/exports`: a page saved or copied the planes that it shows. Only for the audit log. */
export const exportReportSchema = z.strictObject({
  format: z.enum(['csv', 'json']),
  target: z.enum(['file', 'clipboard']),
  /** The number of planes in it. */
  planes: z.number().int().min(1).max(1_000_000),
});
export type ExportReport = z.infer<typeof exportReportSchema>;
