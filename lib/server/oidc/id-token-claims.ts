import 'server-only';
import { OidcError } from './oidc-error';

/** Claims of an ID token, after its signature and times were checked. */
export type IdTokenClaims = Readonly<Record<string, unknown>>;

/**
 * Returns the groups of an ID token.
 *
 * @param claim the claim that has them
 * @throws OidcError `too-many-groups` if the provider left them out because there are too many: the person would have
 * fewer rights than meant, without a word. OpenID Connect Core, section 5.6.2, and Microsoft's "groups overage claim".
 */
export function groupsOf(claims: IdTokenClaims, claim: string): readonly string[] {
  const distributed = claims._claim_names;
  const isElsewhere = distributed instanceof Object && Object.hasOwn(distributed, claim);
  const isImplicit = claims.hasgroups === true || claims.hasgroups === 'true';
  if (isElsewhere || (isImplicit && claims[claim] === undefined)) throw new OidcError('too-many-groups');
  const groups = claims[claim];
  if (typeof groups === 'string') return [groups];
  return Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [];
}

/**
 * Returns the name of a person in an ID token.
 *
 * @param claim the claim that has it
 * @throws OidcError `unnamed` if there is none, or if it is an email address that isn't known to be the person's
 */
export function userOf(claims: IdTokenClaims, claim: string): string {
  const user = claims[claim];
  // As kube-apiserver does it.
  const isUnverified = claim === 'email' && claims.email_verified === false;
  if (typeof user !== 'string' || user === '' || isUnverified) throw new OidcError('unnamed');
  return user;
}
