import 'server-only';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { z } from '@/lib/zod';

/** The signature algorithms that providers use for ID tokens. None with a shared key, and never `none`. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const;

/** How people sign in with an OpenID Connect provider. */
export interface OidcConfig {
  /** Exactly as the provider's discovery document and its ID tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client, which PKCE protects. */
  readonly clientSecret: string | null;
  readonly scopes: string;
  /** The only algorithm that an ID token may be signed with. */
  readonly signingAlgorithm: (typeof ALGORITHMS)[number];
  /** A file of certificates that are trusted besides the public ones; null: none. */
  readonly caFile: string | null;
  /** The claim that has a person's groups. */
  readonly groupsClaim: string;
  /** What the sign-in page calls the provider. */
  readonly label: string;
  /** Null: people's requests are sent with their ID tokens, and the API server reads the names. */
  readonly impersonation: OidcImpersonation | null;
}

/** How the claims of an ID token become names on the API server, if Planeboard's account acts for people. */
export interface OidcImpersonation {
  readonly userClaim: string;
  readonly userPrefix: string;
  readonly groupsPrefix: string;
}

const issuer = z.string().refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  return url?.protocol === 'https:' && !url.search && !url.hash && !url.username && !url.password;
}, "must be the provider's issuer, such as https://login.example.com/realms/acme");
const name = (what: string) => z.string().regex(/^[\x21-\x7e]{1,200}$/, `must be ${what} without blanks`);

/** As for kube-apiserver, `-` stands for no prefix. */
const NO_PREFIX = '-';
const DEFAULT_PREFIX = 'oidc:';
const prefix = z
  .string()
  .regex(/^[\x21-\x7e]{1,100}$/, 'must be ASCII characters without blanks, or - for none')
  .refine((value) => !/^system:/i.test(value), 'must not start with system:')
  .transform((value) => (value === NO_PREFIX ? '' : value));

/** The variables of the provider. */
export const OIDC_VARIABLES = {
  PLANEBOARD_OIDC_ISSUER: issuer.optional(),
  PLANEBOARD_OIDC_CLIENT_ID: name('a client id').optional(),
  PLANEBOARD_OIDC_CLIENT_SECRET: z.string().trim().min(1).optional(),
  PLANEBOARD_OIDC_SCOPES: z
    .string()
    .regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'must begin with openid, and separate scopes by blanks')
    .default('openid profile email'),
  PLANEBOARD_OIDC_SIGNING_ALGORITHM: z
    .enum(ALGORITHMS, { error: `must be one of ${ALGORITHMS.join(', ')}` })
    .default('RS256'),
  PLANEBOARD_OIDC_CA_FILE: z.string().optional(),
  PLANEBOARD_OIDC_GROUPS_CLAIM: name('the name of a claim').default('groups'),
  PLANEBOARD_OIDC_USER_CLAIM: name('the name of a claim').optional(),
  PLANEBOARD_OIDC_USER_PREFIX: prefix.optional(),
  PLANEBOARD_OIDC_GROUPS_PREFIX: prefix.optional(),
  PLANEBOARD_OIDC_LABEL: z.string().trim().max(60, 'must have at most 60 characters').optional(),
} as const;

const variables = z.object(OIDC_VARIABLES);
export type OidcVariables = z.infer<typeof variables> & {
  readonly PLANEBOARD_IMPERSONATE?: boolean | undefined;
};

/** Returns the provider; null if its variables don't name one. */
export function oidcConfigOf(values: OidcVariables): OidcConfig | null {
  const { PLANEBOARD_OIDC_ISSUER: issuerUrl, PLANEBOARD_OIDC_CLIENT_ID: clientId } = values;
  if (issuerUrl === undefined || clientId === undefined) return null;
  return {
    issuer: issuerUrl,
    clientId,
    clientSecret: values.PLANEBOARD_OIDC_CLIENT_SECRET ?? null,
    scopes: values.PLANEBOARD_OIDC_SCOPES,
    signingAlgorithm: values.PLANEBOARD_OIDC_SIGNING_ALGORITHM,
    caFile: values.PLANEBOARD_OIDC_CA_FILE ?? null,
    groupsClaim: values.PLANEBOARD_OIDC_GROUPS_CLAIM,
    label: values.PLANEBOARD_OIDC_LABEL ?? new URL(issuerUrl).host,
    impersonation:
      values.PLANEBOARD_IMPERSONATE === true
        ? {
            userClaim: values.PLANEBOARD_OIDC_USER_CLAIM ?? 'sub',
            userPrefix: values.PLANEBOARD_OIDC_USER_PREFIX ?? DEFAULT_PREFIX,
            groupsPrefix: values.PLANEBOARD_OIDC_GROUPS_PREFIX ?? DEFAULT_PREFIX,
          }
        : null,
  };
}

const IMPERSONATION_VARIABLES = [
  'PLANEBOARD_OIDC_USER_CLAIM',
  'PLANEBOARD_OIDC_USER_PREFIX',
  'PLANEBOARD_OIDC_GROUPS_PREFIX',
] as const;

/**
 * Returns what is missing for a sign-in with a provider, or contradicts it, in sentences.
 *
 * @param isUsed whether PLANEBOARD_AUTH names it
 */
export function oidcProblems(values: OidcVariables, isUsed: boolean): string[] {
  if (!isUsed) {
    const set = [
      'PLANEBOARD_OIDC_ISSUER',
      'PLANEBOARD_OIDC_CLIENT_ID',
      'PLANEBOARD_OIDC_CLIENT_SECRET',
    ] as const;
    const first = set.find((variable) => values[variable] !== undefined);
    return first ? [`${first} needs PLANEBOARD_AUTH=oidc.`] : [];
  }
  const problems: string[] = [];
  if (values.PLANEBOARD_IMPERSONATE !== true)
    for (const variable of IMPERSONATION_VARIABLES)
      if (values[variable] !== undefined)
        problems.push(
          `${variable} needs PLANEBOARD_IMPERSONATE=true. Without it, the API server reads the names from the ID token.`,
        );
  for (const variable of ['PLANEBOARD_OIDC_ISSUER', 'PLANEBOARD_OIDC_CLIENT_ID'] as const)
    if (values[variable] === undefined)
      problems.push(`${variable} is missing, and PLANEBOARD_AUTH=oidc needs it.`);
  const { PLANEBOARD_OIDC_CA_FILE: caFile } = values;
  if (caFile !== undefined && !isCaFile(caFile))
    problems.push('PLANEBOARD_OIDC_CA_FILE must be a readable file with certificates in PEM format.');
  return problems;
}

function isCaFile(path: string): boolean {
  try {
    const text = readFileSync(/* turbopackIgnore: true */ path, 'utf8');
    createSecureContext({ ca: text });
    return text.includes('-----BEGIN CERTIFICATE-----');
  } catch {
    return false;
  }
}
