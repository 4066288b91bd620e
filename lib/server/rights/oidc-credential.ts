import 'server-only';
import { getConfig } from '@/lib/server/config/config';
import type { RequestOrigin } from '@/lib/server/log/audit';
import { groupsOf, userOf } from '@/lib/server/oidc/id-token-claims';
import type { OidcTokens } from '@/lib/server/oidc/oidc-provider';
import type { SessionCredential } from '@/lib/server/sign-in/session';
import type { Caller } from './caller';
import { callerOfImpersonation } from './impersonation-caller';
import { callerOfToken } from './token-caller';

/**
 * Returns what a session keeps of the provider's tokens: the ID token or, if Planeboard's account acts for people, the
 * names in it. Of the groups, only those of the allow-list. The access token isn't needed.
 *
 * @throws OidcError `too-many-groups`, `unnamed`
 */
export function oidcCredential({ idToken, refreshToken, claims }: OidcTokens): SessionCredential {
  const { oidc, impersonation } = getConfig();
  const groups = groupsOf(claims, oidc?.groupsClaim ?? '');
  const renewal = refreshToken === undefined ? {} : { refreshToken };
  if (!oidc?.impersonation) return { credential: idToken, credentialEndsAtMs: claims.exp * 1000, ...renewal };
  const { userClaim, userPrefix, groupsPrefix } = oidc.impersonation;
  const named = groups.map((group) => `${groupsPrefix}${group}`);
  return {
    credential: '',
    impersonated: {
      user: `${userPrefix}${userOf(claims, userClaim)}`,
      groups: named.filter((group) => impersonation?.groups.has(group)),
    },
    ...renewal,
  };
}

/**
 * Returns the caller that a session's credential stands for.
 *
 * @throws ProblemError and KubeError as `callerOfToken` and `callerOfImpersonation`
 */
export function callerOfCredential(
  { credential, impersonated }: SessionCredential,
  origin: RequestOrigin,
): Promise<Caller> {
  return impersonated ? callerOfImpersonation(impersonated, origin) : callerOfToken(credential, origin);
}
