import {
  certificateDetailSchema,
  certificateFindingSchema,
  unreadableBlockSchema,
} from '@/lib/plane/credentials/certificate-detail';
import { MATERIAL_CORRECTIONS } from '@/lib/plane/credentials/correct-material';
import { credentialSchema } from '@/lib/plane/credentials/credential';
import { CERTIFICATE_PURPOSES } from '@/lib/plane/credentials/credential-slot';
import { REPLACEMENT_ACTIONS } from '@/lib/plane/credentials/replacement-record';
import { z } from '@/lib/zod';

/** Where material comes from: typed text, or a key of a Secret that the server reads as the caller. */
const materialSchema = z.union([
  z.object({ text: z.string() }),
  z.object({ secret: z.object({ namespace: z.string(), name: z.string(), key: z.string() }) }),
]);
export type Material = z.infer<typeof materialSchema>;

/** `POST /api/certificates/inspect`. */
export const inspectionRequestSchema = z.object({
  purpose: z.enum(CERTIFICATE_PURPOSES),
  certificate: materialSchema,
  /** The private key to match with a client certificate. The server neither stores it nor returns any part of it. */
  privateKey: materialSchema.optional(),
});
export type InspectionRequest = z.infer<typeof inspectionRequestSchema>;

/** An `error` finding rejects the material. `certificates` is empty when none could be read. */
export const inspectionAnswerSchema = z.object({
  /** The encoding of the material; null: it could not be read. */
  encoding: z.enum(['pem', 'base64']).nullable(),
  certificates: z.array(certificateDetailSchema),
  findings: z.array(certificateFindingSchema),
  /** Whether the private key matches the first certificate; null: no key was given, or it could not be read. */
  keyMatches: z.boolean().nullable(),
  /** Blocks that the gateway can't read; absent if there are none. */
  unreadable: z.array(unreadableBlockSchema).optional(),
  /** What a stored text holds beside certificates, such as `a private key`; absent if there is nothing else. */
  others: z.array(z.string()).optional(),
  /** What is corrected in a typed text before it's written; absent if nothing is. */
  corrections: z.array(z.enum(MATERIAL_CORRECTIONS)).optional(),
});
export type InspectionAnswer = z.infer<typeof inspectionAnswerSchema>;

const givenCredentialSchema = z.strictObject(credentialSchema.shape);

/**
 * `POST /api/planes/.../credentials`: replaces the material of one credential slot where it is stored, in its Secret
 * or inline. `add` (agent CAs only) keeps the current certificates beside the new one, `keep-only` drops all others
 * from a bundle, and `replace` overwrites the old material.
 */
export const credentialReplacementSchema = z.strictObject({
  slot: z.string(),
  action: z.enum(REPLACEMENT_ACTIONS),
  /** PEM, token or password; `keep-only` uses `fingerprints` instead. */
  text: z.string().optional(),
  /** For `keep-only`: SHA-256 fingerprints of the certificates to keep. */
  fingerprints: z.array(z.string()).optional(),
  /**
   * For `add` and `keep-only`: what happens to blocks of the bundle that can't be read. Without it, such a bundle isn't
   * changed.
   */
  unreadable: z.enum(['keep', 'drop']).optional(),
  /**
   * A new place for the material: a new Secret, inline, or (without `text`) a key of an existing Secret, to which the
   * plane then refers.
   */
  into: givenCredentialSchema.optional(),
  /**
   * For `replace` of a credential in a Secret: `in-place` (the default) changes the Secret and keeps the old value under
   * another key. `new-secret` writes the material and whatever else the plane uses of that Secret to a new Secret, then
   * switches all of the plane's references in one patch. The old Secret stays.
   */
  write: z.enum(['in-place', 'new-secret']).optional(),
  /** For a client certificate: the matching private key, replaced in the same request. */
  key: z.strictObject({ text: z.string(), into: givenCredentialSchema.optional() }).optional(),
  /** The `writes` of the dry run that a person has seen. If others are needed by now, nothing is written. */
  reviewed: z.array(z.string()).optional(),
  dryRun: z.boolean().optional(),
  evenIfManaged: z.boolean().optional(),
});
export type CredentialReplacement = z.infer<typeof credentialReplacementSchema>;

export const credentialReplacementAnswerSchema = z.object({
  dryRun: z.boolean(),
  /** What the replacement creates and changes, such as `create Secret default/agent-ca` and `change the plane's spec`. */
  writes: z.array(z.string()),
  /** The objects written, including the plane if it was refreshed. */
  written: z.array(
    z.object({
      kind: z.string(),
      namespace: z.string().optional(),
      name: z.string(),
      /** Whether the object is new; absent for one that exists and is changed. */
      created: z.literal(true).optional(),
    }),
  ),
  refreshedAt: z.string().nullable(),
  /** The references that were switched to new Secrets; absent if none were. */
  switched: z.array(z.object({ namespace: z.string(), from: z.string(), to: z.string() })).optional(),
  /** SHA-256 fingerprints of the certificates in the slot afterwards; empty for a secret. */
  fingerprints: z.array(z.string()),
  /** Whether the new material was stored already. */
  isSame: z.boolean().optional(),
  /** All certificates in the slot afterwards, as PEM, for committing them elsewhere; absent for a secret. */
  bundle: z.string().optional(),
  /** The certificates that were dropped or overwritten, as PEM, for restoring them; absent if there were none. */
  removed: z.string().optional(),
  /** One sentence each about what will break or could not be checked. */
  warnings: z.array(z.string()),
});
export type CredentialReplacementAnswer = z.infer<typeof credentialReplacementAnswerSchema>;
