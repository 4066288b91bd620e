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
 * `POST /api/planes/.../credentials`: replaces what stands in one credential slot where it stands now, in its Secret or
 * inline. `add` keeps what is there beside the new (certificates of an agent CA only), `keep-only` drops all others of a
 * bundle, `replace` puts the new in place of the old.
 */
export const credentialReplacementSchema = z.strictObject({
  slot: z.string(),
  action: z.enum(['add', 'keep-only', 'replace']),
  /** PEM, token or password; for `keep-only` the SHA-256 fingerprints of the certificates to keep stand in `fingerprints`. */
  text: z.string().optional(),
  fingerprints: z.array(z.string()).optional(),
  /**
   * A new place for it instead of the present one: a Secret that is made for it, inline, or (without a text) an existing
   * Secret's key, to which the plane then refers.
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
  /** What was written, and the touch of the plane that made the controller take it up. */
  written: z.array(z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() })),
  refreshedAt: z.string().nullable(),
  /** SHA-256 fingerprints of the certificates that stand there now, for certificates. */
  fingerprints: z.array(z.string()),
  /** All certificates that stand there then, as PEM, so that they can be committed elsewhere; absent for a secret. */
  bundle: z.string().optional(),
  /** The certificates that were dropped, as PEM, so that they can be put back; absent: none were. */
  removed: z.string().optional(),
  /** What will break, or could not be checked, a sentence each. */
  warnings: z.array(z.string()),
});
export type CredentialReplacementAnswer = z.infer<typeof credentialReplacementAnswerSchema>;
