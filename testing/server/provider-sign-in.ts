import { randomBytes } from 'node:crypto';
import { GET as finish } from '@/app/api/session/oidc/callback/route';
import { GET as begin } from '@/app/api/session/oidc/route';
import type { IdentityProvider } from '@/demo/identity-provider/identity-provider';
import { CLIENT_ID, CLIENT_SECRET } from '@/demo/identity-provider/provider-settings';
import { signInAtProvider } from './sign-in-at-provider';
import type { TestBrowser } from './test-browser';

/**
 * Follows the sign-in to the provider, chooses a person there, and returns the request that comes back.
 *
 * @param person an id; null: cancels
 */
export async function providerCallback(
  provider: IdentityProvider,
  browser: TestBrowser,
  person: string | null,
  next = '/register',
): Promise<Request> {
  const start = await begin(browser.request('GET', `/api/session/oidc?next=${encodeURIComponent(next)}`));
  browser.keep(start);
  if (start.status !== 303) throw new Error(await start.text());
  const answered = await signInAtProvider(provider, start.headers.get('location') ?? '', person);
  // The provider's page leads here.
  const fields = { 'sec-fetch-site': 'cross-site' };
  return browser.request('GET', `${answered.pathname}${answered.search}`, undefined, fields);
}

/** Signs a browser in with the provider, and returns the path that Planeboard leads to. */
export async function signInAt(
  provider: IdentityProvider,
  browser: TestBrowser,
  person: string | null,
  next?: string,
): Promise<string> {
  const response = browser.keep(await finish(await providerCallback(provider, browser, person, next)));
  if (response.status !== 303) throw new Error(await response.text());
  return response.headers.get('location') ?? '';
}

/** Returns the environment of a server whose people sign in with the provider. */
export function providerEnv({ issuer }: IdentityProvider, caFile: string): Record<string, string> {
  return {
    PLANEBOARD_AUTH: 'oidc',
    PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64'),
    PLANEBOARD_OIDC_ISSUER: issuer,
    PLANEBOARD_OIDC_CLIENT_ID: CLIENT_ID,
    PLANEBOARD_OIDC_CLIENT_SECRET: CLIENT_SECRET,
    PLANEBOARD_OIDC_CA_FILE: caFile,
  };
}
