import { credentialSchema } from '@/lib/plane/credentials/credential';
import { jsonObjectSchema } from '@/lib/plane/json/json';
import { maintenanceSchema } from '@/lib/plane/model/maintenance-schema';
import { z } from '@/lib/zod';

const givenCredentialSchema = z.strictObject(credentialSchema.shape);
const maintenanceChangeSchema = z.strictObject(maintenanceSchema.shape);

/**
 * `PATCH /api/planes/...`. Null takes a label or an annotation away. Anything else of a resource cannot be said here:
 * an unknown field is refused, as to leave it out in silence would look like a change that was made.
 */
export const planeEditRequestSchema = z.strictObject({
  /**
   * Of the resource that the change was made from. When labels, annotations or spec were changed since it is a
   * conflict; a new status alone is none, as controllers write one every minute.
   */
  resourceVersion: z.string(),
  dryRun: z.boolean().optional(),
  changes: z.strictObject({
    displayName: z.string().nullable().optional(),
    description: z.string().nullable().optional(),
    labels: z.record(z.string(), z.string().nullable()).optional(),
    annotations: z.record(z.string(), z.string().nullable()).optional(),
    /** Planned work until an RFC 3339 time, for a reason that may be shown to everybody; null ends it. */
    maintenance: maintenanceChangeSchema.nullable().optional(),
    /** A JSON merge patch of the spec. A mask in the place of a stored secret keeps what is stored. */
    spec: jsonObjectSchema.optional(),
  }),
  /** Given once the caller has been told that the resource's owner will undo this. */
  despiteOwner: z.boolean().optional(),
});
export type PlaneEditRequest = z.infer<typeof planeEditRequestSchema>;

/** The resource before and after, as the API server has or would have it; secrets masked. */
export const planeEditAnswerSchema = z.object({
  dryRun: z.boolean(),
  resourceVersion: z.string(),
  before: z.string(),
  after: z.string(),
  warnings: z.array(z.string()),
});
export type PlaneEditAnswer = z.infer<typeof planeEditAnswerSchema>;

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
  despiteOwner: z.boolean().optional(),
});
export type CredentialReplacement = z.infer<typeof credentialReplacementSchema>;

export const credentialReplacementAnswerSchema = z.object({
  dryRun: z.boolean(),
  /** What was written, and the touch of the plane that made the controller take it up. */
  written: z.array(z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() })),
  touchedAt: z.string().nullable(),
  /** SHA-256 fingerprints of the certificates that stand there now, for certificates. */
  fingerprints: z.array(z.string()),
  /** All certificates that stand there then, as PEM, so that they can be committed elsewhere; absent for a secret. */
  stands: z.string().optional(),
  /** The certificates that were dropped, as PEM, so that they can be put back; absent: none were. */
  removed: z.string().optional(),
  /** What will break, or could not be checked, a sentence each. */
  warnings: z.array(z.string()),
});
export type CredentialReplacementAnswer = z.infer<typeof credentialReplacementAnswerSchema>;

/** `DELETE /api/planes/...`: the name is typed by the person, the uid is of the plane that they saw. */
export const planeDeletionSchema = z.strictObject({
  confirm: z.string(),
  uid: z.string(),
  /** Whether the Secrets that Planeboard made for this plane go with it, once it is gone. */
  deleteSecret: z.boolean().optional(),
  despiteOwner: z.boolean().optional(),
});
export type PlaneDeletion = z.infer<typeof planeDeletionSchema>;

export const planeDeletionAnswerSchema = z.object({
  /** `gone` at once, or `terminating` until its finalizers let it go. */
  outcome: z.enum(['gone', 'terminating']),
  secret: z.enum(['deleted', 'kept', 'failed']),
  /** Why the Secret is still there although it was to go, in sentences. */
  secretProblem: z.string().optional(),
});
export type PlaneDeletionAnswer = z.infer<typeof planeDeletionAnswerSchema>;
