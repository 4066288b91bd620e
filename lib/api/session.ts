import { z } from '@/lib/zod';

/** The header with which a session's own pages prove a write: the `csrf` of `GET /api/session`. */
export const CSRF_HEADER = 'x-planeboard-csrf';

/** `POST /api/session`: signs in with a bearer token of the API server. */
export const signInSchema = z.object({ token: z.string().trim().min(1, 'Enter a token.') });

const whoSchema = z.object({
  mode: z.enum(['kubeconfig', 'token', 'oidc', 'proxy']),
  /** The name on the API server; null until it has answered for the kubeconfig. */
  user: z.string().nullable(),
  groups: z.array(z.string()),
});

/** The session of a browser. Times are ISO 8601 in UTC. */
export const browserSessionSchema = whoSchema.extend({
  mode: z.enum(['token', 'oidc']),
  user: z.string(),
  signedInAt: z.string(),
  /** When a page that is in use should renew it: half way to `idleEndsAt`, or before `usableUntil`. */
  renewAt: z.string(),
  /** When its credential expires, upon which it must be renewed; at the latest `idleEndsAt`. */
  usableUntil: z.string(),
  /** When it ends if nobody renews it. */
  idleEndsAt: z.string(),
  /** When it ends in any case. */
  endsAt: z.string(),
  csrf: z.string(),
});
export type BrowserSession = z.infer<typeof browserSessionSchema>;

/** A person whom the proxy in front of Planeboard signs in, with each request. Planeboard keeps no session. */
const proxySessionSchema = whoSchema.extend({
  mode: z.literal('proxy'),
  user: z.string(),
  csrf: z.string(),
  /** The proxy's own page for signing out; null: not known. */
  signOutUrl: z.string().nullable(),
});
export type ProxySession = z.infer<typeof proxySessionSchema>;

/** Whom a page is for, if people sign in. */
export const pageSessionSchema = z.union([browserSessionSchema, proxySessionSchema]);
export type PageSession = z.infer<typeof pageSessionSchema>;

/** `GET /api/session`: who is asking. A program with its own token and the kubeconfig mode have no session. */
export const sessionAnswerSchema = z.union([pageSessionSchema, whoSchema]);
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

/** `POST /api/session/refresh`. */
export const renewalSchema = z.object({
  /** Whether a person uses the page. If not, only the credential is renewed, and the idle time goes on. */
  isUsed: z.boolean().default(true),
});

/** `DELETE /api/session`. */
export const signedOutSchema = z.object({
  /** Where the identity provider ends its own session; null if there is nothing to end. */
  next: z.string().nullable(),
});

/** One rule of a person's rights, as the API server states it. `*` stands for all. */
const ruleSchema = z.object({
  verbs: z.array(z.string()),
  /** An empty one is the core group. */
  groups: z.array(z.string()),
  resources: z.array(z.string()),
  /** Empty: objects of any name. */
  names: z.array(z.string()),
});
export type RightsRule = z.infer<typeof ruleSchema>;

/** `GET /api/session/rights?namespace=`: what the caller may do in a namespace. */
export const rightsAnswerSchema = z.object({
  namespace: z.string(),
  rules: z.array(ruleSchema),
  /** The API server can't list all rights, because an authorizer other than RBAC grants some. */
  incomplete: z.boolean(),
});
export type RightsAnswer = z.infer<typeof rightsAnswerSchema>;
