import { z } from '@/lib/zod';

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
  /** Which part of the material it is about. */
  about: z.enum(['certificate', 'privateKey']),
  message: z.string(),
});
export type CertificateFinding = z.infer<typeof certificateFindingSchema>;

/** What a look at a slot's material brought: as much of it as the check of a draft needs. */
export interface Inspection {
  readonly certificates: readonly CertificateDetail[];
  readonly findings: readonly CertificateFinding[];
  /** Whether the private key belongs to the first certificate; null: none was given, or it could not be read. */
  readonly keyMatches: boolean | null;
}
