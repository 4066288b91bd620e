import type { UnreadableBlock } from '@/lib/plane/certificates/unreadable-block';
import { z } from '@/lib/zod';

/** The public facts of one certificate. */
export const certificateDetailSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  /** SHA-256 of the DER form, in upper-case hex with colons, as openssl prints it. */
  fingerprint: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  /** Whether it may have issued others: basicConstraints and key usage say so, or its version can't say. */
  isCa: z.boolean(),
  /** Whether its own key signed it. */
  selfSigned: z.boolean(),
  /** `keyCertSign`, `digitalSignature`, ...; null if the extension is absent, so nothing is restricted. */
  keyUsage: z.array(z.string()).nullable(),
  /** `clientAuth`, `serverAuth`, or an OID; null if the extension is absent, so nothing is restricted. */
  extendedKeyUsage: z.array(z.string()).nullable(),
  /** OIDs of critical extensions that Go's verification doesn't know; absent if there are none. */
  unknownCritical: z.array(z.string()).optional(),
  /** `RSA 2048`, `EC P-256`. */
  keyType: z.string(),
});
export type CertificateDetail = z.infer<typeof certificateDetailSchema>;

/** A block that should hold a certificate and that the gateway can't read. */
export const unreadableBlockSchema = z.object({
  position: z.number(),
  label: z.string(),
  line: z.number(),
  problem: z.string(),
}) satisfies z.ZodType<UnreadableBlock>;

export const certificateFindingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  /** The part of the material that the finding is about. */
  about: z.enum(['certificate', 'privateKey']),
  message: z.string(),
});
export type CertificateFinding = z.infer<typeof certificateFindingSchema>;

/** The result of inspecting a slot's material, as far as the check of a draft needs it. */
export interface Inspection {
  readonly certificates: readonly CertificateDetail[];
  readonly findings: readonly CertificateFinding[];
  /** Whether the private key belongs to the first certificate; null if there is no key or it couldn't be read. */
  readonly keyMatches: boolean | null;
}
