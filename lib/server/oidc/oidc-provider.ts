import 'server-only';
import * as client from 'openid-client';
import type { OidcConfig } from '@/lib/server/config/oidc-config';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import type { IdTokenClaims } from './id-token-claims';
import { asOidcError, OidcError } from './oidc-error';
import { createProviderFetch } from './provider-fetch';

const TIMEOUT_SECONDS = 10;
/** How long the provider's addresses are used before they are read again. */
const METADATA_USE_MS = 10 * 60_000;
/** How long a failure to read them counts. */
const FAILURE_USE_MS = 2000;
/** How long its keys are used. A signature by another key reads them again at once. */
const KEYS_USE_MS = 4 * 60_000;
/** openid-client reads the keys again for an unknown one only if they are older than this. */
const KEYS_MIN_AGE_SECONDS = 60;
/** How far the provider's clock may differ. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** What a browser must bring back from the provider, so that the sign-in is the one that it began. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  /** The secret of PKCE (RFC 7636). */
  readonly verifier: string;
}

/** What the provider gives for a sign-in or a renewal. Checked: signature, issuer, audience, times and nonce. */
export interface OidcTokens {
  readonly idToken: string;
  readonly claims: IdTokenClaims & { readonly sub: string; readonly exp: number };
  /** Undefined if the provider gives none: then the session can't be renewed. */
  readonly refreshToken: string | undefined;
}

interface MetadataReading {
  readonly read: Promise<client.ServerMetadata>;
  /** Until when it counts, on the monotonic clock. */
  untilMs: number;
}

/** The OpenID Connect provider that people sign in with. It is asked only when a person signs in, so it may be down. */
export class OidcProvider {
  private fetch: client.CustomFetch | undefined;
  private metadata: MetadataReading | undefined;
  private keys: { readonly jwks: client.JWKS; readonly atMs: number } | undefined;

  constructor(private readonly config: OidcConfig) {}

  /**
   * Returns the address at which a person signs in.
   *
   * @param redirectUri where the provider leads back to
   * @throws OidcError
   */
  async signInUrl(flow: OidcFlow, redirectUri: string): Promise<URL> {
    return this.ask(async (configuration) =>
      client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: this.config.scopes,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      }),
    );
  }

  /**
   * Exchanges what the browser brought back.
   *
   * @param answered the address that the provider led back to, with its parameters
   * @throws OidcError
   */
  async exchange(answered: URL, { state, nonce, verifier }: OidcFlow): Promise<OidcTokens> {
    return this.ask(async (configuration) => {
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      };
      return tokensOf(await client.authorizationCodeGrant(configuration, answered, checks), undefined);
    });
  }

  /**
   * Renews the tokens. The provider is asked, so a person who has left gets none.
   *
   * @param subject the person's `sub`
   * @throws OidcError also if the new ID token is another person's, or there is none
   */
  async renew(refreshToken: string, subject: string): Promise<OidcTokens> {
    return this.ask(async (configuration) => {
      const tokens = tokensOf(await client.refreshTokenGrant(configuration, refreshToken), refreshToken);
      if (tokens.claims.sub !== subject) throw new OidcError('untrusted');
      return tokens;
    });
  }

  /** Makes a refresh token invalid, if the provider can. Never fails: the person leaves in any case. */
  async revoke(refreshToken: string): Promise<void> {
    await this.ask(async (configuration) => {
      if (configuration.serverMetadata().revocation_endpoint === undefined) return;
      await client.tokenRevocation(configuration, refreshToken, { token_type_hint: 'refresh_token' });
    }).catch(() => {});
  }

  /**
   * Returns the address at which the provider ends its own session; null if it has none or doesn't answer.
   *
   * @param returnTo where the provider leads back to
   */
  async signOutUrl(idToken: string | undefined, returnTo: string): Promise<string | null> {
    return this.ask(async (configuration) => {
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
      const hint = idToken === undefined ? {} : { id_token_hint: idToken };
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo, ...hint }).href;
    }).catch(() => null);
  }

  private async ask<T>(run: (configuration: client.Configuration) => Promise<T>): Promise<T> {
    try {
      const configuration = await this.configuration();
      const result = await run(configuration);
      this.keepKeys(configuration);
      return result;
    } catch (error) {
      throw asOidcError(error);
    }
  }

  /** A new one each time: openid-client would keep a provider's keys for a minute, whatever it signs with. */
  private async configuration(): Promise<client.Configuration> {
    const { clientId, clientSecret, signingAlgorithm } = this.config;
    const server = await this.currentMetadata();
    const configuration = new client.Configuration(
      structuredClone(server),
      clientId,
      {
        id_token_signed_response_alg: signingAlgorithm,
        [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
      },
      clientSecret === null ? client.None() : authenticationOf(server, clientSecret),
    );
    configuration[client.customFetch] = this.providerFetch();
    configuration.timeout = TIMEOUT_SECONDS;
    client.enableNonRepudiationChecks(configuration);
    if (this.keys && monotonicMs() - this.keys.atMs < KEYS_USE_MS)
      client.setJwksCache(configuration, {
        jwks: this.keys.jwks,
        uat: Math.floor(Date.now() / 1000) - KEYS_MIN_AGE_SECONDS - 1,
      });
    return configuration;
  }

  private keepKeys(configuration: client.Configuration): void {
    const cache = client.getJwksCache(configuration);
    const isNew = cache && cache.uat > Date.now() / 1000 - KEYS_MIN_AGE_SECONDS;
    if (isNew) this.keys = { jwks: cache.jwks, atMs: monotonicMs() };
  }

  /** Anyone can begin a sign-in, so the provider is asked once for all of them, and not again right after it failed. */
  private currentMetadata(): Promise<client.ServerMetadata> {
    const known = this.metadata;
    if (known && monotonicMs() < known.untilMs) return known.read;
    const reading: MetadataReading = { read: this.readMetadata(), untilMs: Number.POSITIVE_INFINITY };
    this.metadata = reading;
    reading.read.then(
      () => {
        reading.untilMs = monotonicMs() + METADATA_USE_MS;
      },
      () => {
        reading.untilMs = monotonicMs() + FAILURE_USE_MS;
      },
    );
    return reading.read;
  }

  private async readMetadata(): Promise<client.ServerMetadata> {
    const { issuer, clientId } = this.config;
    const found = await client.discovery(new URL(issuer), clientId, undefined, undefined, {
      [client.customFetch]: this.providerFetch(),
      timeout: TIMEOUT_SECONDS,
    });
    const server = found.serverMetadata();
    // openid-client accepts some issuers of Microsoft that stand for every organisation.
    if (server.issuer !== issuer) throw new OidcError('untrusted');
    return { ...server };
  }

  private providerFetch(): client.CustomFetch {
    this.fetch ??= createProviderFetch(this.config.issuer, this.config.caFile);
    return this.fetch;
  }
}

/** Basic unless the provider says that it only takes the secret in the body. */
function authenticationOf(server: client.ServerMetadata, secret: string): client.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported;
  const isPostOnly = methods?.includes('client_secret_post') && !methods.includes('client_secret_basic');
  return isPostOnly ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret);
}

function tokensOf(
  answer: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
  earlierRefreshToken: string | undefined,
): OidcTokens {
  const claims = answer.claims();
  if (answer.id_token === undefined || claims === undefined) throw new OidcError('no-renewal');
  return { idToken: answer.id_token, claims, refreshToken: answer.refresh_token ?? earlierRefreshToken };
}
