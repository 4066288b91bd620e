import 'server-only';
import { isImpersonable } from '@/lib/server/config/impersonation-config';
import type { IdentityConnection, KubeConnection, PreparedConnection } from './kube-connection';
import { KubeError } from './kube-error';
import { OwnPool } from './own-pool';

const IMPERSONATION = /^impersonate-/i;
/** The API server takes one user: it would be the kubeconfig's or the person, never one for the other. */
export const IMPERSONATING_KUBECONFIG =
  "The kubeconfig's user impersonates another one, so Planeboard can't act for people. Remove as from it.";

/** A person whom Planeboard's account acts for. */
export interface Impersonated {
  readonly user: string;
  readonly groups: readonly string[];
}

/**
 * A person's connection to the API server with the credential of Planeboard's account, as it is at each request, and the
 * headers that make it act as the person. The API server checks that the account may do so. Its connections are shared
 * with nobody.
 */
export class ImpersonatedConnection implements IdentityConnection {
  private readonly pool = new OwnPool();
  private readonly headers: Readonly<Record<string, string | string[]>>;

  /** @throws KubeError `unauthorized` for a user or group that must not or can't be impersonated */
  constructor(
    private readonly account: Pick<KubeConnection, 'prepare' | 'proxy' | 'generation'>,
    { user, groups }: Impersonated,
  ) {
    for (const name of [user, ...groups]) requireImpersonable(name);
    this.headers = {
      'Impersonate-User': user,
      ...(groups.length > 0 ? { 'Impersonate-Group': [...groups] } : {}),
    };
  }

  get proxy(): string | null {
    return this.account.proxy;
  }

  /** That of the account: a request that was rejected with its earlier credential is sent again with the new one. */
  get generation(): number {
    return this.account.generation;
  }

  /**
   * @throws KubeError `credential` when the account has no usable credential, acts as someone else itself, or reaches the
   * API server unencrypted
   */
  async prepare(signal?: AbortSignal): Promise<PreparedConnection> {
    const { serverUrl, headers, poolHash, openPool } = await this.account.prepare(signal);
    // `kubectl proxy` acts as itself, and anyone on the way could change who is impersonated.
    if (!serverUrl.startsWith('https:'))
      throw new KubeError('credential', 'People can sign in only if the API server is reached over https.');
    if (Object.keys(headers).some((name) => IMPERSONATION.test(name)))
      throw new KubeError('credential', IMPERSONATING_KUBECONFIG);
    const dispatcher = await this.pool.dispatcherFor(poolHash, openPool);
    return { serverUrl, headers: { ...headers, ...this.headers }, dispatcher };
  }

  /** What happens to one person's request mustn't reload the credential of all. Its changed files are read anyway. */
  reload(): void {}

  /** The person has proven nothing to the API server that it could reject. */
  rejectionOf(): KubeError {
    return new KubeError(
      'credential',
      "The API server rejected Planeboard's credentials. They may have expired.",
    );
  }

  /** Ends all connections at once. */
  close(): Promise<void> {
    return this.pool.close();
  }

  /** Closes the connections once what runs on them has ended. */
  retire(): Promise<void> {
    return this.pool.retire();
  }
}

/** @throws KubeError `unauthorized` */
function requireImpersonable(name: string): void {
  if (isImpersonable(name)) return;
  throw new KubeError(
    'unauthorized',
    'This user or one of its groups is empty, starts with "system:" or has characters that can\'t be sent.',
    401,
  );
}
