import {
  certificateDetailSchema,
  certificateFindingSchema,
} from '@/lib/plane/credentials/certificate-detail';
import { credentialSchema } from '@/lib/plane/credentials/credential';
import { CERTIFICATE_PURPOSES } from '@/lib/plane/credentials/credential-slot';
import { z } from '@/lib/zod';

/** Where material is taken from: typed, or a Secret's key that the server reads as the caller. */
const materialSchema = z.union([
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

const givenCredentialSchema = z.strictObject(credentialSchema.shape);

/**
 * `POST /api/planes/.../credentials`: replaces the material of one credential slot where it is stored, in its Secret or
 * inline. `add` keeps the current certificates beside the new one (of an agent CA only), `keep-only` drops all others of
 * a bundle, `replace` puts the new in place of the old.
 */
export const credentialReplacementSchema = z.strictObject({
  slot: z.string(),
  action: z.enum(['add', 'keep-only', 'replace']),
  /** PEM, token or password; for `keep-only` see `fingerprints`. */
  text: z.string().optional(),
  /** For `keep-only`: SHA-256 fingerprints of the certificates to keep. */
  fingerprints: z.array(z.string()).optional(),
  /**
   * A new place instead of the current one: a new Secret, inline, or (without a text) an existing Secret's key, to which
   * the plane then refers.
   */
  into: givenCredentialSchema.optional(),
  /** Of a client certificate: the private key that belongs to it, replaced at the same time. */
  key: z.strictObject({ text: z.string(), into: givenCredentialSchema.optional() }).optional(),
  dryRun: z.boolean().optional(),
  evenIfManaged: z.boolean().optional(),
});
export type CredentialReplacement = z.infer<typeof credentialReplacementSchema>;

export const credentialReplacementAnswerSchema = z.object({
  dryRun: z.boolean(),
  /** The objects that were written, the plane included where it was refreshed. */
  written: z.array(z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() })),
  refreshedAt: z.string().nullable(),
  /** SHA-256 fingerprints of the certificates in the slot afterwards; empty for a secret. */
  fingerprints: z.array(z.string()),
  /** All certificates in the slot afterwards, as PEM, so that they can be committed elsewhere; absent for a secret. */
  bundle: z.string().optional(),
  /** The certificates that were dropped, as PEM, so that they can be put back; absent: none were. */
  removed: z.string().optional(),
  /** What will break, or could not be checked, a sentence each. */
  warnings: z.array(z.string()),
});
export type CredentialReplacementAnswer = z.infer<typeof credentialReplacementAnswerSchema>;
