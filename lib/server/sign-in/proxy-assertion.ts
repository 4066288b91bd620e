import 'server-only';
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { fetch } from 'undici';
import type { ProxyProof } from '@/lib/server/config/proxy-config';
import { ProblemError } from '@/lib/server/http/problem';
import { log } from '@/lib/server/log/log';
import { OutageLog } from '@/lib/server/log/outage-log';
import { processSlot } from '@/lib/server/process/process-slot';

type AssertionProof = Extract<ProxyProof, { readonly kind: 'assertion' }>;

/** Asymmetric ones only: with others, the public key would be a shared secret that everyone knows. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** How far the clocks of the issuer and of this server may differ. */
const CLOCK_SKEW_SECONDS = 30;
const KEYS_TIMEOUT_MS = 5000;
/** More than any provider issues. */
const MAX_LENGTH = 12 * 1024;

/** What is wrong with the assertion itself. Anything else means that the keys couldn't be read. */
const OF_ASSERTION: ReadonlySet<string> = new Set([
  errors.JWTClaimValidationFailed.code,
  errors.JWTExpired.code,
  errors.JWTInvalid.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
]);

interface AssertionKeys {
  readonly find: JWTVerifyGetKey;
  readonly outage: OutageLog;
}

/**
 * Returns whom a signed assertion names, and until when; the reason if it isn't valid or names no one.
 *
 * @throws ProblemError `sign-in-unavailable` if the issuer's keys can't be read
 */
export async function verifyAssertion(
  assertion: string,
  proof: AssertionProof,
): Promise<{ user: string; groups: readonly string[]; endsAtMs: number | null } | string> {
  if (assertion.length > MAX_LENGTH) return 'wrong-proof';
  const { find, outage } = processSlot('assertion-keys', () => keysOf(proof));
  try {
    const { payload } = await jwtVerify(assertion, find, {
      issuer: proof.issuer,
      audience: proof.audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['exp', proof.userClaim],
      clockTolerance: CLOCK_SKEW_SECONDS,
    });
    outage.worked();
    return personIn(payload, proof);
  } catch (error) {
    const code = codeOf(error);
    if (OF_ASSERTION.has(code)) return code === errors.JWTExpired.code ? 'expired-proof' : 'wrong-proof';
    outage.failed(code);
    throw new ProblemError(
      'sign-in-unavailable',
      "The keys of the proxy's assertions can't be read, so no one can be recognized now.",
    );
  }
}

function keysOf({ jwksUrl }: AssertionProof): AssertionKeys {
  const find = createRemoteJWKSet(jwksUrl, {
    timeoutDuration: KEYS_TIMEOUT_MS,
    // Not the one that Next.js has replaced by its own.
    [customFetch]: (url, { method, headers, signal, redirect }) =>
      fetch(url, {
        method,
        headers: [...headers],
        signal,
        redirect,
      }) as unknown as Promise<Response>,
  });
  return { find, outage: new OutageLog(log(), "reading the keys of the proxy's assertions") };
}

function personIn(payload: JWTPayload, { userClaim, groupsClaim }: AssertionProof) {
  const user = payload[userClaim];
  const groups = groupsIn(payload[groupsClaim]);
  if (typeof user !== 'string' || groups === null) return 'invalid-claims';
  // Anyone can enter an address at some providers; the API server checks the same.
  if (userClaim === 'email' && payload.email_verified !== undefined && payload.email_verified !== true)
    return 'unverified-email';
  return { user, groups, endsAtMs: payload.exp === undefined ? null : payload.exp * 1000 };
}

function groupsIn(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((group) => typeof group === 'string') ? value : null;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
