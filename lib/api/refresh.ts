import { z } from '@/lib/zod';

/** `POST /api/planes/.../refresh`: when the plane was refreshed, RFC 3339 on the API server's clock. */
export const refreshAnswerSchema = z.object({ refreshedAt: z.string() });
