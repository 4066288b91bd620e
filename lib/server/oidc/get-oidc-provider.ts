import 'server-only';
import { getConfig } from '@/lib/server/config/config';
import { ProblemError } from '@/lib/server/http/problem';
import { processSlot } from '@/lib/server/process/process-slot';
import { OidcProvider } from './oidc-provider';

/**
 * Returns the process's identity provider.
 *
 * @throws ProblemError `not-found` if people don't sign in with one
 */
export function getOidcProvider(): OidcProvider {
  const { oidc } = getConfig();
  if (!oidc)
    throw new ProblemError(
      'not-found',
      "Signing in with an identity provider isn't enabled (PLANEBOARD_AUTH).",
    );
  return processSlot('oidc-provider', () => new OidcProvider(oidc));
}
