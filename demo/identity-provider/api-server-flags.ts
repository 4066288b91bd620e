import { CLIENT_ID } from './provider-settings';

/** Begins the names of people and groups of the provider on the API server, so that they differ from all others. */
export const OIDC_PREFIX = 'oidc:';

/**
 * Returns the flags with which kube-apiserver accepts ID tokens of a provider.
 *
 * @param caFile the CA of the provider's certificate
 */
export function oidcFlags(issuer: string, caFile: string): Readonly<Record<string, string>> {
  return {
    'oidc-issuer-url': issuer,
    'oidc-client-id': CLIENT_ID,
    'oidc-ca-file': caFile,
    'oidc-username-claim': 'sub',
    'oidc-username-prefix': OIDC_PREFIX,
    'oidc-groups-claim': 'groups',
    'oidc-groups-prefix': OIDC_PREFIX,
  };
}
