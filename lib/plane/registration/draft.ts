import { z } from 'zod';
import { type JsonObject, jsonObjectSchema } from '@/lib/plane/json/json';
import { PLANE_KINDS, type PlanePlural } from '@/lib/plane/model/kinds';
import { CONNECTIONS } from '@/lib/plane/model/plane';

const plurals = PLANE_KINDS.map((entry) => entry.plural) as [PlanePlural, ...PlanePlural[]];

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

/**
 * A plane that is to be registered, as its form has it. One draft is the state of the wizard, the body of
 * `POST /api/registrations` and the argument of `manifestsOf`.
 */
export interface Draft {
  /** Made by the browser once for a draft; a retry is recognised by it, so a lost answer makes no second plane. */
  id: string;
  plural: PlanePlural;
  /** Empty on cluster-wide kinds. */
  namespace: string;
  name: string;
  displayName: string;
  description: string;
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

const draftShape = {
  id: z.uuid(),
  plural: z.enum(plurals),
  namespace: z.string(),
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  connection: z.enum(CONNECTIONS),
  auth: z.enum(DIRECT_AUTHS),
  spec: jsonObjectSchema,
  credentials: z.record(z.string(), credentialSchema),
};
export const draftSchema: z.ZodType<Draft> = z.object(draftShape);

/**
 * A draft as a request brings it. What it does not know is refused: to leave it out in silence would look as if it had
 * been written. What a browser kept is read with `draftSchema`, as it may be of another version.
 */
export const draftRequestSchema: z.ZodType<Draft> = z.strictObject({
  ...draftShape,
  credentials: z.record(z.string(), z.strictObject(credentialSchema.shape)),
});

/** The wizard's steps in their order. `connect` has a page of its own. */
export const STEPS = ['kind', 'identity', 'connection', 'services', 'review'] as const;
export type Step = (typeof STEPS)[number];

/**
 * The place of a field in the draft: `['name']`, `['spec', 'gateway', 'publicVirtualHost']`,
 * `['credentials', 'clusterAgent.clientCA', 'text']`.
 */
export type DraftPath = readonly (string | number)[];

/** Something about a draft that its author should know, beside the field it belongs to. */
export interface DraftProblem {
  readonly path: DraftPath;
  /** An error keeps the draft from being written; a warning tells what will break. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}
