import {
  certificateDetailSchema,
  certificateFindingSchema,
} from '@/lib/plane/credentials/certificate-detail';
import { CERTIFICATE_PURPOSES } from '@/lib/plane/credentials/credential-slot';
import { z } from '@/lib/zod';

/** Where material is taken from: typed, or a Secret's key that the server reads as the caller. */
export const materialSchema = z.union([
  z.object({ text: z.string() }),
  z.object({ secret: z.object({ namespace: z.string(), name: z.string(), key: z.string() }) }),
]);
export type Material = z.infer<typeof materialSchema>;

/** `POST /api/certificates/inspect`. */
export const inspectionRequestSchema = z.object({
  purpose: z.enum(CERTIFICATE_PURPOSES),
  certificate: materialSchema,
  /** Of a client certificate: whether it belongs to it. It goes nowhere, and nothing of it is answered. */
  privateKey: materialSchema.optional(),
});
export type InspectionRequest = z.infer<typeof inspectionRequestSchema>;

/** Errors refuse what cannot work; certificates are empty when none could be read. */
export const inspectionAnswerSchema = z.object({
  /** How the material was written; null: it could not be read. */
  encoding: z.enum(['pem', 'base64']).nullable(),
  certificates: z.array(certificateDetailSchema),
  findings: z.array(certificateFindingSchema),
  /** Whether the private key belongs to the first certificate; null: none was given, or it could not be read. */
  keyMatches: z.boolean().nullable(),
});
export type InspectionAnswer = z.infer<typeof inspectionAnswerSchema>;
