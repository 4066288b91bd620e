import type { JsonObject } from '@/lib/plane/json/json';
import type { CONNECTIONS } from '@/lib/plane/model/plane';
import { z } from '@/lib/zod';

/**
 * Where a credential of the draft comes from. The texts of the Secret's place are kept whatever the source, so that
 * changing one's mind loses nothing that was typed.
 */
export const CREDENTIAL_SOURCES = ['new-secret', 'existing-secret', 'inline'] as const;
export type CredentialSource = (typeof CREDENTIAL_SOURCES)[number];

/** What is to stand in one credential slot of the kind's schema. */
export const credentialSchema = z.object({
  source: z.enum(CREDENTIAL_SOURCES),
  /** PEM, base64 of it, token or password as it was typed. Empty for an existing Secret. */
  text: z.string(),
  /** Of the Secret, new or existing; empty: the plane's own namespace, which only a namespaced kind has. */
  namespace: z.string(),
  name: z.string(),
  key: z.string(),
});
export type Credential = z.infer<typeof credentialSchema>;

/** How direct access signs in, where the schema has a choice. */
export const DIRECT_AUTHS = ['mtls', 'bearer-token'] as const;
export type DirectAuth = (typeof DIRECT_AUTHS)[number];

/** The part of a form from which a plane's spec is made: the wizard's draft has it, and so has an edit. */
export interface SpecDraft {
  /** Which of the two the schema's parts for reaching the cluster are written; the other's texts are only kept. */
  connection: (typeof CONNECTIONS)[number];
  auth: DirectAuth;
  /**
   * The spec without its credentials, in the schema's own structure. A number field holds the text that was typed
   * while that is no number; an empty text and an empty list stand for a field that is left out.
   */
  spec: JsonObject;
  /** By the slot's id, which is its path within the spec joined with dots: `clusterAgent.clientCA`. */
  credentials: Record<string, Credential>;
}
