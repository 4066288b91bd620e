import type { JWK } from 'jose';
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { MemoryAdapter } from './memory-adapter';
import type { Person } from './people';

export const SIGN_IN_PATH = '/sign-in/';
/** The client that Planeboard is. */
export const CLIENT_ID = 'planeboard';
/** For the demo and tests on one machine: a process that can read this can read the provider's memory too. */
export const CLIENT_SECRET = 'the-secret-of-planeboard-at-the-demo-provider';
const HOURS_12 = 12 * 3600;
/** Planeboard's own addresses on this machine. */
const CALLBACK = /^http:\/\/(?:localhost|127\.0\.0\.1):\d+\/api\/session\/oidc\/callback$/;
const AFTER_SIGN_OUT = /^http:\/\/(?:localhost|127\.0\.0\.1):\d+\/login$/;

/** The answer of the token endpoint. */
export type TokenAnswer = Record<string, unknown>;

export interface ProviderSettings {
  readonly issuer: string;
  /** The private key of ID tokens. */
  readonly key: JWK;
  readonly idTokenSeconds: () => number;
  /** Returns undefined for someone who has left. */
  readonly findPerson: (id: string) => Person | undefined;
  readonly extraClaims: () => Readonly<Record<string, unknown>>;
  readonly changeAnswer: (answer: TokenAnswer) => Promise<TokenAnswer>;
}

/** Creates a provider with Planeboard as its only client, which rotates refresh tokens and writes groups into ID tokens. */
export function createProvider(settings: ProviderSettings): Provider {
  const provider = new Provider(settings.issuer, configurationOf(settings));
  // The port is chosen later.
  provider.Client.prototype.redirectUriAllowed = (uri: string) => CALLBACK.test(uri);
  provider.Client.prototype.postLogoutRedirectUriAllowed = (uri: string) => AFTER_SIGN_OUT.test(uri);
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    await next();
    if (ctx.path === '/token' && ctx.status === 200)
      ctx.body = await settings.changeAnswer(ctx.body as TokenAnswer);
  });
  return provider;
}

function configurationOf({ key, idTokenSeconds, findPerson, extraClaims }: ProviderSettings): Configuration {
  return {
    adapter: MemoryAdapter,
    jwks: { keys: [key] },
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: ['http://localhost/api/session/oidc/callback'],
      },
    ],
    cookies: { keys: ['demo'] },
    claims: {
      openid: ['sub', 'groups', '_claim_names', 'login'],
      profile: ['name'],
      email: ['email', 'email_verified'],
    },
    // All claims are in the ID token, as Keycloak and Entra ID do it.
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
        },
      },
    },
    findAccount: (_, id) => accountOf(findPerson(id), extraClaims()),
    interactions: { url: (_, { uid }) => `${SIGN_IN_PATH}${uid}` },
    // No one is asked whether Planeboard may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const accountId = oidc.session?.accountId;
      const grant = new oidc.provider.Grant({ clientId: CLIENT_ID, ...(accountId ? { accountId } : {}) });
      grant.addOIDCScope(String(oidc.params?.scope ?? 'openid'));
      await grant.save();
      return grant;
    },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    pkce: { required: () => true },
    ttl: {
      IdToken: idTokenSeconds,
      AccessToken: 600,
      RefreshToken: HOURS_12,
      Session: HOURS_12,
      Interaction: 600,
      Grant: HOURS_12,
    },
  };
}

function accountOf(person: Person | undefined, extraClaims: Readonly<Record<string, unknown>>) {
  if (!person) return undefined;
  const { id: sub, groups, name, email } = person;
  const claims = { sub, groups: [...groups], name, email, email_verified: true, ...extraClaims };
  return { accountId: sub, claims: () => claims };
}
