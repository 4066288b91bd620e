import { z } from 'zod';
import { CERTIFICATE_PURPOSES } from '@/lib/plane/draft/credential-slot';

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

/** The public facts of one certificate. */
export const certificateDetailSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  /** SHA-256 over the DER form, in upper-case hex with colons, as openssl prints it. */
  fingerprint: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  /** basicConstraints says CA. */
  isCa: z.boolean(),
  /** Signed by its own key. */
  selfSigned: z.boolean(),
  /** `keyCertSign`, `digitalSignature`, ...; null: the extension is absent, so nothing is restricted. */
  keyUsage: z.array(z.string()).nullable(),
  /** `clientAuth`, `serverAuth`, or an OID; null: the extension is absent, so nothing is restricted. */
  extendedKeyUsage: z.array(z.string()).nullable(),
  /** `RSA 2048`, `EC P-256`. */
  keyType: z.string(),
});
export type CertificateDetail = z.infer<typeof certificateDetailSchema>;

export const certificateFindingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  /** Which part of the request it is about. */
  about: z.enum(['certificate', 'privateKey']),
  message: z.string(),
});
export type CertificateFinding = z.infer<typeof certificateFindingSchema>;

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
