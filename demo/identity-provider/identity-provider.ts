import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Provider } from 'oidc-provider';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { Person } from './people';
import { createProvider, SIGN_IN_PATH, type TokenAnswer } from './provider-settings';
import { signInPage } from './sign-in-page';

const VALIDITY = { days: 365 };
export interface IdentityProviderOptions {
  readonly people: readonly Person[];
  /** By default a free one. */
  readonly port?: number;
}

/**
 * A real OpenID Connect provider over TLS on this machine, on the host name `localhost`: for a browser it is another site
 * than `127.0.0.1`.
 */
export class IdentityProvider {
  /** Changes each answer of the token endpoint, as a provider that was taken over would; null: leaves them as they are. */
  tamper: ((answer: TokenAnswer) => TokenAnswer | Promise<TokenAnswer>) | null = null;
  /** How long a new ID token is valid. */
  idTokenSeconds = 3600;
  /** Further claims of every person. */
  extraClaims: Readonly<Record<string, unknown>> = {};
  /** The port, once the provider was paused. */
  private port = 0;
  private provider: Provider | undefined;
  private key: JWK | undefined;

  private constructor(
    private people: readonly Person[],
    private readonly server: Server,
    /** The CA of its certificate. */
    readonly caPem: string,
  ) {
    server.on('request', (request, response) => void this.answer(request, response));
  }

  static async start(options: IdentityProviderOptions): Promise<IdentityProvider> {
    const authority = await CertificateAuthority.create('Demo identity provider', VALIDITY);
    const { certPem, keyPem } = await authority.serving(['localhost'], VALIDITY);
    const server = createServer({ cert: certPem, key: keyPem });
    server.listen(options.port ?? 0, 'localhost');
    await once(server, 'listening');
    const identityProvider = new IdentityProvider(options.people, server, authority.certPem);
    await identityProvider.rotateKeys();
    return identityProvider;
  }

  get issuer(): string {
    return `https://localhost:${this.port || this.portNumber}`;
  }

  /** The private key that ID tokens are signed with. */
  get signingKey(): JWK {
    if (!this.key) throw new Error('The provider has not started.');
    return this.key;
  }

  /** Signs with another key from now on. The earlier one is no longer published. */
  async rotateKeys(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.key = { ...(await exportJWK(privateKey)), kid: `key-${Date.now()}`, alg: 'RS256', use: 'sig' };
    this.provider = createProvider({
      issuer: this.issuer,
      key: this.key,
      idTokenSeconds: () => this.idTokenSeconds,
      findPerson: (id) => this.people.find((person) => person.id === id),
      extraClaims: () => this.extraClaims,
      changeAnswer: async (answer) => (this.tamper ? this.tamper(answer) : answer),
    });
  }

  /** Changes whom the provider knows: who isn't among them has left. */
  setPeople(people: readonly Person[]): void {
    this.people = people;
  }

  /** Stops answering, as after a crash. */
  async pause(): Promise<void> {
    this.port = this.portNumber;
    await this.stop();
  }

  /** Answers again, at the same address. */
  async resume(): Promise<void> {
    this.server.listen(this.port, 'localhost');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private get portNumber(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { provider } = this;
    if (!provider) return;
    if (!request.url?.startsWith(SIGN_IN_PATH)) return provider.callback()(request, response);
    try {
      if (request.method === 'POST') await this.choose(provider, request, response);
      else response.setHeader('content-type', 'text/html').end(signInPage(this.people));
    } catch {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('This sign-in has ended.');
    }
  }

  private async choose(
    provider: Provider,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const person = this.people.find(({ id }) => id === form.get('person'));
    const result = person ? { login: { accountId: person.id } } : { error: 'access_denied' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}
