import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { GET as readSession } from '@/app/api/session/route';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { OIDC_PREFIX } from '@/demo/identity-provider/api-server-flags';
import type { IdentityProvider } from '@/demo/identity-provider/identity-provider';
import type { Person } from '@/demo/identity-provider/people';
import { browserSessionSchema, CSRF_HEADER } from '@/lib/api/session';
import { getOidcProvider } from '@/lib/server/oidc/get-oidc-provider';
import { signInAt } from '@/testing/server/provider-sign-in';
import { signInAtProvider } from '@/testing/server/sign-in-at-provider';
import { TestBrowser } from '@/testing/server/test-browser';
import { DirectAnswers } from './direct-answers';
import type { MatrixPerson } from './matrix-person';
import type { MatrixPlane } from './matrix-world';
import { readableBy } from './readable-by';
import { GROUP, GROUP_SORT, idOf, type Sort } from './test-people';

const REDIRECT_URI = 'http://localhost:3000/api/session/oidc/callback';

/** How a session of the provider reaches the API server: with its ID token, or impersonated. */
export const PROVIDER_WAYS = ['ID token', 'impersonation after OIDC'] as const;

/** Someone at the provider with the rights of a sort. */
export interface ProviderPerson extends Person {
  readonly sort: Sort;
}

/** Returns the provider's person of a sort, who is in no group. */
export function providerPersonOf(sort: Sort): ProviderPerson {
  return { sort, id: idOf(sort), name: sort, email: `${idOf(sort)}@example.com`, groups: [] };
}

/** Returns someone who has no rights but those of the group. */
export function providerMember(): ProviderPerson {
  return {
    sort: GROUP_SORT,
    id: 'matrix-member',
    name: 'member of a group',
    email: 'member@example.com',
    groups: [GROUP],
  };
}

/** Returns the name that the API server knows a person by. */
export function providerUserOf({ id }: Person): string {
  return `${OIDC_PREFIX}${id}`;
}

/**
 * Signs a person in to Planeboard with a browser. The API server is asked directly with another ID token of theirs or,
 * where Planeboard impersonates, as the user.
 */
export async function signInProviderPerson(
  controlPlane: ControlPlaneAccess,
  provider: IdentityProvider,
  person: ProviderPerson,
  way: (typeof PROVIDER_WAYS)[number],
  planes: readonly MatrixPlane[],
): Promise<MatrixPerson> {
  const browser = new TestBrowser();
  await signInAt(provider, browser, person.id);
  const { csrf } = browserSessionSchema.parse(
    await (await readSession(browser.request('GET', '/api/session'))).json(),
  );
  const headers = { cookie: browser.cookieHeader, [CSRF_HEADER]: csrf };
  const direct =
    way === 'ID token'
      ? DirectAnswers.ofToken(controlPlane, await idTokenOf(provider, person))
      : DirectAnswers.ofUser(
          controlPlane,
          providerUserOf(person),
          person.groups.map((group) => `${OIDC_PREFIX}${group}`),
        );
  return { sort: person.sort, way, token: null, headers, direct, readable: await readableBy(direct, planes) };
}

async function idTokenOf(provider: IdentityProvider, { id }: Person): Promise<string> {
  const client = getOidcProvider();
  const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  const url = await client.signInUrl(flow, REDIRECT_URI);
  const answered = await signInAtProvider(provider, url.href, id);
  return (await client.exchange(answered, flow)).idToken;
}
