import 'server-only';
import { isLoopbackName } from '@/lib/plane/model/names';
import { z } from '@/lib/zod';

const MIN_SECRET_LENGTH = 32;
const MAX_SECRETS = 2;
const RESERVED = 'system:';

/** How a request shows that it comes from the authenticating proxy. */
export type ProxyProof =
  /** The proxy sends one of these. While it is changed, there are two. */
  | { readonly kind: 'secret'; readonly secrets: readonly string[] }
  /** The proxy sends a signed JSON Web Token, and the person is that of its claims. */
  | {
      readonly kind: 'assertion';
      readonly header: string;
      readonly issuer: string;
      readonly audience: string;
      readonly jwksUrl: URL;
      readonly userClaim: string;
      readonly groupsClaim: string;
    };

/** Whom the authenticating proxy in front of Planeboard names. Names of headers are in lower case. */
export interface ProxyConfig {
  readonly proof: ProxyProof;
  readonly userHeader: string;
  readonly groupsHeader: string;
  /** Stands before each user's name on the API server. */
  readonly userPrefix: string;
  readonly groupsPrefix: string;
  /** Where a person signs out at the proxy: a path or a URL; null: nowhere. */
  readonly signOutUrl: string | null;
}

const header = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header, of letters, digits and hyphens')
  .transform((name) => name.toLowerCase())
  .refine(
    (name) => !OWN_MEANING.has(name) && !name.startsWith('x-planeboard-'),
    "can't be a header that has another meaning",
  );
const OWN_MEANING: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'host',
  'origin',
  'content-type',
]);
const prefix = z
  .string()
  .regex(/^[\x21-\x7e]+$/, 'must have no blanks and only ASCII characters')
  .refine((value) => !value.toLowerCase().startsWith(RESERVED), `must not start with ${RESERVED}`);
const claim = z.string().trim().min(1);
const secrets = z.string().transform((value, context): readonly string[] => {
  const found = value.split(',').map((secret) => secret.trim());
  const isUsable = (secret: string) => secret.length >= MIN_SECRET_LENGTH && /^[\x21-\x7e]+$/.test(secret);
  if (found.every(isUsable) && found.length <= MAX_SECRETS) return found;
  context.addIssue({
    code: 'custom',
    message: `must be one or two secrets of at least ${MIN_SECRET_LENGTH} characters without blanks, separated by a comma. Create one with: openssl rand -hex 32`,
  });
  return z.NEVER;
});
const jwksUrl = z.string().transform((value, context): URL => {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackName(url.hostname));
  if (url && isSafe && url.username === '' && url.password === '') return url;
  context.addIssue({ code: 'custom', message: 'must be a URL that starts with https://' });
  return z.NEVER;
});
const signOutUrl = z
  .string()
  .refine(
    (value) => /^\/(?![/\\])/.test(value) || (URL.canParse(value) && new URL(value).protocol === 'https:'),
    'must be a path such as /oauth2/sign_out, or a URL that starts with https://',
  );

/** The variables of the proxy mode, to be parsed. */
export const PROXY_VARIABLES = {
  PLANEBOARD_PROXY_SECRET: secrets.optional(),
  PLANEBOARD_PROXY_ASSERTION_HEADER: header.optional(),
  PLANEBOARD_PROXY_ASSERTION_ISSUER: z.string().trim().optional(),
  PLANEBOARD_PROXY_ASSERTION_AUDIENCE: z.string().trim().optional(),
  PLANEBOARD_PROXY_ASSERTION_JWKS_URL: jwksUrl.optional(),
  PLANEBOARD_PROXY_ASSERTION_USER_CLAIM: claim.optional(),
  PLANEBOARD_PROXY_ASSERTION_GROUPS_CLAIM: claim.optional(),
  PLANEBOARD_PROXY_USER_HEADER: header.optional(),
  PLANEBOARD_PROXY_GROUPS_HEADER: header.optional(),
  PLANEBOARD_PROXY_USER_PREFIX: prefix.optional(),
  PLANEBOARD_PROXY_GROUPS_PREFIX: prefix.optional(),
  PLANEBOARD_PROXY_SIGN_OUT_URL: signOutUrl.optional(),
} as const;

const variables = z.object(PROXY_VARIABLES);
type ProxyVariables = z.infer<typeof variables> & { readonly PLANEBOARD_AUTH: readonly string[] };

const NAMES = Object.keys(PROXY_VARIABLES) as (keyof typeof PROXY_VARIABLES)[];
const ASSERTION_NAMES = [
  'PLANEBOARD_PROXY_ASSERTION_HEADER',
  'PLANEBOARD_PROXY_ASSERTION_ISSUER',
  'PLANEBOARD_PROXY_ASSERTION_AUDIENCE',
  'PLANEBOARD_PROXY_ASSERTION_JWKS_URL',
] as const;
const CLAIM_NAMES = [
  'PLANEBOARD_PROXY_ASSERTION_USER_CLAIM',
  'PLANEBOARD_PROXY_ASSERTION_GROUPS_CLAIM',
] as const;
const HEADER_NAMES = ['PLANEBOARD_PROXY_USER_HEADER', 'PLANEBOARD_PROXY_GROUPS_HEADER'] as const;

/** Returns how the proxy names people; null without the proxy mode. Expects variables without problems. */
export function proxyConfigOf(values: ProxyVariables): ProxyConfig | null {
  const proof = proofOf(values);
  if (!values.PLANEBOARD_AUTH.includes('proxy') || !proof) return null;
  return {
    proof,
    ...headersOf(values),
    userPrefix: values.PLANEBOARD_PROXY_USER_PREFIX ?? '',
    groupsPrefix: values.PLANEBOARD_PROXY_GROUPS_PREFIX ?? '',
    signOutUrl: values.PLANEBOARD_PROXY_SIGN_OUT_URL ?? null,
  };
}

/** Returns what is missing for the proxy mode, or contradicts it, in sentences. */
export function proxyProblems(values: ProxyVariables): string[] {
  const isSet = (name: keyof typeof PROXY_VARIABLES) => values[name] !== undefined;
  if (!values.PLANEBOARD_AUTH.includes('proxy')) {
    return NAMES.filter(isSet).map((name) => `${name} needs PLANEBOARD_AUTH=proxy.`);
  }
  const hasSecret = isSet('PLANEBOARD_PROXY_SECRET');
  const assertion = [...ASSERTION_NAMES, ...CLAIM_NAMES].filter(isSet);
  if (!hasSecret && assertion.length === 0)
    return [
      'PLANEBOARD_AUTH=proxy needs a proof that requests come from the proxy: PLANEBOARD_PROXY_SECRET or PLANEBOARD_PROXY_ASSERTION_HEADER.',
    ];
  if (hasSecret && assertion.length > 0)
    return ['PLANEBOARD_PROXY_SECRET and PLANEBOARD_PROXY_ASSERTION_* are two proofs. Keep one.'];
  if (!hasSecret) {
    const missing = ASSERTION_NAMES.filter((name) => !isSet(name));
    const useless = HEADER_NAMES.filter(isSet);
    return [
      ...missing.map(
        (name) => `${name} is missing, and the proxy's assertions can't be verified without it.`,
      ),
      ...useless.map(
        (name) =>
          `${name} contradicts PLANEBOARD_PROXY_ASSERTION_HEADER: the assertion names the person. Remove it.`,
      ),
    ];
  }
  const { userHeader, groupsHeader } = headersOf(values);
  return userHeader === groupsHeader
    ? ['PLANEBOARD_PROXY_GROUPS_HEADER must differ from PLANEBOARD_PROXY_USER_HEADER.']
    : [];
}

function headersOf(values: ProxyVariables): Pick<ProxyConfig, 'userHeader' | 'groupsHeader'> {
  return {
    userHeader: values.PLANEBOARD_PROXY_USER_HEADER ?? 'x-forwarded-user',
    groupsHeader: values.PLANEBOARD_PROXY_GROUPS_HEADER ?? 'x-forwarded-groups',
  };
}

function proofOf(values: ProxyVariables): ProxyProof | null {
  const {
    PLANEBOARD_PROXY_SECRET: found,
    PLANEBOARD_PROXY_ASSERTION_HEADER: assertionHeader,
    PLANEBOARD_PROXY_ASSERTION_ISSUER: issuer,
    PLANEBOARD_PROXY_ASSERTION_AUDIENCE: audience,
    PLANEBOARD_PROXY_ASSERTION_JWKS_URL: url,
  } = values;
  if (found) return { kind: 'secret', secrets: found };
  if (!assertionHeader || !issuer || !audience || !url) return null;
  return {
    kind: 'assertion',
    header: assertionHeader,
    issuer,
    audience,
    jwksUrl: url,
    userClaim: values.PLANEBOARD_PROXY_ASSERTION_USER_CLAIM ?? 'sub',
    groupsClaim: values.PLANEBOARD_PROXY_ASSERTION_GROUPS_CLAIM ?? 'groups',
  };
}
