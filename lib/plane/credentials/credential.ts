import type { JsonObject } from '@/lib/plane/json/json';
import type { CONNECTIONS } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';

/**
 * Where a credential of the draft comes from. The fields of the Secret are kept whatever the source, so switching
 * back and forth loses no input.
 */
export const CREDENTIAL_SOURCES = ['new-secret', 'existing-secret', 'inline'] as const;
export type CredentialSource = (typeof CREDENTIAL_SOURCES)[number];

/** The contents of one credential slot of the kind's schema. */
export const credentialSchema = z.object({
  source: z.enum(CREDENTIAL_SOURCES),
  /** PEM, base64 of PEM, a token or a password as it was typed. Empty for an existing Secret. */
  text: z.string(),
  /** The namespace of the new or existing Secret. Empty means the plane's own, which only a namespaced kind has. */
  namespace: z.string(),
  name: z.string(),
  key: z.string(),
});
export type Credential = z.infer<typeof credentialSchema>;

/** The sign-ins for direct access, if the schema offers a choice. */
export const DIRECT_AUTHS = ['mtls', 'bearer-token'] as const;
export type DirectAuth = (typeof DIRECT_AUTHS)[number];

/** The part of a form that a plane's spec is written from. The wizard's draft and an edit share it. */
export interface SpecDraft {
  /** Which of the schema's parts for reaching the cluster is written. The input of the other part is kept. */
  connection: (typeof CONNECTIONS)[number];
  auth: DirectAuth;
  /**
   * The spec without its credentials, in the schema's own structure. A number field holds the typed text while that
   * isn't a number. An empty text or list means that the field is left out.
   */
  spec: JsonObject;
  /** Keyed by the slot's id, which is its path within the spec joined with dots: `clusterAgent.clientCA`. */
  credentials: Record<string, Credential>;
}
