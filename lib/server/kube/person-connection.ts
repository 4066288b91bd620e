import 'server-only';
import type { RequestOptions } from 'node:https';
import { createClusterDispatcher, dispatcherHash } from './cluster-dispatcher';
import { isHeaderText } from './header-text';
import type { IdentityConnection, KubeConnection, PreparedConnection } from './kube-connection';
import { KubeError } from './kube-error';
import { OwnPool } from './own-pool';

/**
 * A person's own connection to the API server that Planeboard's account uses, with the person's bearer token and nothing
 * of that account: no client certificate, no token, no impersonation. Its connections are shared with nobody. It has no
 * source to read another credential from, so what the API server rejects stays rejected.
 */
export class PersonConnection implements IdentityConnection {
  readonly generation = 0;
  private readonly pool = new OwnPool();

  /** @throws KubeError `unauthorized` when the token can't be sent */
  constructor(
    private readonly account: Pick<KubeConnection, 'clusterOnly' | 'proxy'>,
    private readonly token: string,
  ) {
    if (token === '' || !isHeaderText(token))
      throw new KubeError(
        'unauthorized',
        "The bearer token is empty or has characters that can't be sent.",
        401,
      );
  }

  get proxy(): string | null {
    return this.account.proxy;
  }

  /** @throws KubeError `credential` when the token would be sent unencrypted */
  async prepare(): Promise<PreparedConnection> {
    const { serverUrl, kubeConfig } = this.account.clusterOnly();
    // `kubectl proxy` replaces the token by its own identity, and anyone on the way could read it.
    if (!serverUrl.startsWith('https:'))
      throw new KubeError('credential', 'People can sign in only if the API server is reached over https.');
    const options: RequestOptions = { headers: {} };
    await kubeConfig.applyToHTTPSOptions(options);
    const dispatcher = await this.pool.dispatcherFor(dispatcherHash(kubeConfig, options), () =>
      createClusterDispatcher(kubeConfig, serverUrl, options),
    );
    return { serverUrl, headers: { Authorization: `Bearer ${this.token}` }, dispatcher };
  }

  /** A person's token comes with the request, so there is nothing to read again. */
  reload(): void {}

  /** Ends all connections at once. */
  close(): Promise<void> {
    return this.pool.close();
  }

  /** Closes the connections once what runs on them has ended. */
  retire(): Promise<void> {
    return this.pool.retire();
  }
}
