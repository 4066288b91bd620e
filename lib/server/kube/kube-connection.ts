import 'server-only';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { OutgoingHttpHeader, OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import { KubeConfig, type User } from '@kubernetes/client-node';
import type { Dispatcher } from 'undici';
import { paced } from '@/lib/plane/time/pace';
import { createClusterDispatcher, dispatcherHash } from './cluster-dispatcher';
import { isHeaderText } from './header-text';
import { KubeError } from './kube-error';
import type { LoadedKubeconfig } from './kubeconfig';
import { signInFailure, signInLate } from './sign-in-failure';
import { type TokenFile, TokenFileReader } from './token-file';

/** How long authentication headers are used before the credential's source is read again. */
const HEADERS_USE_MS = 10_000;
const FILE_CHECK_MS = 1000;
/** A request waits this long for a program that signs in, which may wait for a person. */
const SIGN_IN_TIMEOUT_MS = 15_000;

/** What a request needs besides its path. */
export interface PreparedConnection {
  readonly serverUrl: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly dispatcher: Dispatcher;
}

/** What a request with the kubeconfig's credential needs, and how to open further connections with it. */
export interface PreparedAccount extends PreparedConnection {
  /** Differs when other connections are needed: through another proxy, or with other TLS material. */
  readonly poolHash: string;
  /** Opens a pool of connections that belongs to the caller. */
  readonly openPool: () => Promise<Dispatcher>;
}

/** A cluster without anybody's credential. */
export interface ClusterOnly {
  readonly serverUrl: string;
  readonly kubeConfig: KubeConfig;
}

/** What a client needs of the connection of an identity. */
export interface IdentityConnection {
  /** The address of the proxy that requests pass, without its credentials; null: none. */
  readonly proxy: string | null;
  /** Grows with each reload of the credential. */
  readonly generation: number;
  /**
   * Returns what a request needs besides its path.
   *
   * @throws KubeError `credential`
   */
  readonly prepare: (signal?: AbortSignal) => Promise<PreparedConnection>;
  /** Reads the credential from its source again, if it has one. */
  readonly reload: () => void;
  /** Does so if the source has changed. Absent without a source. */
  readonly checkFiles?: () => void;
  /** Returns what a 401 means, if the rejected credential isn't that of the identity itself. */
  readonly rejectionOf?: (failure: KubeError) => KubeError;
}

export interface KubeConnectionEvents {
  /**
   * Called when the reloaded credential leads to another API server, or one with another CA: nothing known before
   * holds.
   */
  readonly onOtherCluster: () => void;
  /** Called when the credential was reloaded. */
  readonly onReloaded: () => void;
  /** Called when the credential could not be read; the earlier one stays in use. */
  readonly onReloadFailed: (error: unknown) => void;
}

/**
 * One identity at one API server. Connections are pooled while the credential's TLS material stays the same. The
 * credential is read again when one of its files changes, and when the API server answers 401.
 */
export class KubeConnection implements IdentityConnection {
  private loaded: LoadedKubeconfig;
  private stamp: string;
  private cluster: string;
  private filesCheckedAtMs = Number.NEGATIVE_INFINITY;
  private preparedAtMs = Number.NEGATIVE_INFINITY;
  private prepared: Promise<PreparedAccount> | null = null;
  /** The attempt to sign in that hasn't ended. There is one at a time: each may have started a program. */
  private pending: Promise<PreparedAccount> | null = null;
  private pool: { readonly hash: string; readonly dispatcher: Dispatcher } | null = null;
  private generationNumber = 0;
  private readonly tokens = new TokenFileReader();

  /** @param load reads the kubeconfig; may throw while its file is being written */
  constructor(
    private readonly load: () => LoadedKubeconfig,
    private readonly events: KubeConnectionEvents,
  ) {
    this.loaded = load();
    this.stamp = this.loaded.fingerprint();
    this.cluster = clusterFingerprint(this.loaded);
  }

  get contextName(): string {
    return this.loaded.contextName;
  }

  /** The address of the proxy that requests pass, without its credentials; null: none. */
  get proxy(): string | null {
    const url = this.loaded.kubeConfig.getCurrentCluster()?.proxyUrl;
    if (!url) return null;
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  }

  /** Grows with each reload of the credential, so dependent data can be requested again. */
  get generation(): number {
    return this.generationNumber;
  }

  /**
   * Returns what a request needs besides its path.
   *
   * @param signal ends the wait for a program that signs in, not the program
   * @throws KubeError `credential` when the credential can't be read or created, or isn't there in time
   */
  prepare(signal?: AbortSignal): Promise<PreparedAccount> {
    this.checkFiles();
    const nowMs = performance.now();
    const isOld = nowMs - this.preparedAtMs > paced(HEADERS_USE_MS);
    if (!this.prepared || (isOld && this.prepared !== this.pending)) {
      this.preparedAtMs = nowMs;
      const attempt = this.authenticate();
      this.prepared = attempt;
      this.pending = attempt;
      const ended = () => {
        if (this.pending === attempt) this.pending = null;
      };
      attempt.then(ended, () => {
        ended();
        if (this.prepared !== attempt) return;
        this.prepared = null;
        this.forgetSignIn();
      });
    }
    return this.prepared === this.pending ? this.inTime(this.prepared, signal) : this.prepared;
  }

  /** Reads the credential again if one of its files has changed. Looks at them once a second at most. */
  checkFiles(): void {
    const nowMs = performance.now();
    if (nowMs - this.filesCheckedAtMs <= paced(FILE_CHECK_MS)) return;
    this.filesCheckedAtMs = nowMs;
    if (this.loaded.fingerprint() !== this.stamp) this.reload();
  }

  /** Returns the cluster as loaded last, with a user who has no credential. */
  clusterOnly(): ClusterOnly {
    const { kubeConfig, contextName, serverUrl } = this.loaded;
    const cluster = kubeConfig.getCurrentCluster();
    if (!cluster) throw new KubeError('credential', 'The kubeconfig has no cluster.');
    const user = { name: 'person' };
    const only = new KubeConfig();
    only.loadFromOptions({
      clusters: [cluster],
      users: [user],
      contexts: [{ name: contextName, cluster: cluster.name, user: user.name }],
      currentContext: contextName,
    });
    return { serverUrl, kubeConfig: only };
  }

  /** Reads the credential from its source again. The earlier one stays in use while that fails. */
  reload(): void {
    try {
      this.loaded = this.load();
      this.stamp = this.loaded.fingerprint();
    } catch (error) {
      // Half written, or briefly missing: the stamp still differs, so the next check tries again.
      this.events.onReloadFailed(error);
      return;
    }
    this.generationNumber += 1;
    this.prepared = null;
    this.events.onReloaded();
    const before = this.cluster;
    this.cluster = clusterFingerprint(this.loaded);
    if (this.cluster !== before) this.events.onOtherCluster();
  }

  async close(): Promise<void> {
    await this.pool?.dispatcher.destroy();
    this.pool = null;
  }

  /** Waits for an attempt to sign in, not for ever: it goes on, and a later request uses its result. */
  private async inTime(attempt: Promise<PreparedAccount>, signal?: AbortSignal): Promise<PreparedAccount> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let end: () => void = () => {};
    const late = new Promise<never>((_, reject) => {
      end = () => reject(signInLate(this.loaded.kubeConfig.getCurrentUser()));
      timer = setTimeout(end, SIGN_IN_TIMEOUT_MS);
      if (signal?.aborted) end();
      else signal?.addEventListener('abort', end);
    });
    try {
      return await Promise.race([attempt, late]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    }
  }

  /** client-node keeps what a program returned, even if it can't be used. */
  private forgetSignIn(): void {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromOptions(this.loaded.kubeConfig);
    this.loaded = { ...this.loaded, kubeConfig };
  }

  private async authenticate(): Promise<PreparedAccount> {
    const { kubeConfig, serverUrl, tokenFile, impersonation } = this.loaded;
    const given: OutgoingHttpHeaders = {};
    const options: RequestOptions = { headers: given };
    try {
      await kubeConfig.applyToHTTPSOptions(options);
    } catch (error) {
      throw signInFailure(kubeConfig.getCurrentUser(), error);
    }
    const token = tokenFile ? this.tokenOf(tokenFile) : bearerToken(given.Authorization);
    rejectUnsendable(token, tokenFile);
    const headers: Record<string, string | string[]> = { ...impersonation };
    if (token !== '') headers.Authorization = `Bearer ${token}`;
    if (options.auth) headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    // client-node sends an anonymous request then.
    if (!headers.Authorization && !options.cert) rejectWithoutCredential(kubeConfig.getCurrentUser());
    const poolHash = dispatcherHash(kubeConfig, options);
    const openPool = () => createClusterDispatcher(kubeConfig, serverUrl, options);
    return {
      serverUrl,
      headers,
      poolHash,
      openPool,
      dispatcher: await this.dispatcherFor(poolHash, openPool),
    };
  }

  private tokenOf(tokenFile: TokenFile): string {
    const token = this.tokens.read(tokenFile);
    if (token === null)
      throw new KubeError('credential', 'The file with the bearer token is missing, unreadable or empty.');
    return token;
  }

  private async dispatcherFor(hash: string, openPool: () => Promise<Dispatcher>): Promise<Dispatcher> {
    if (this.pool?.hash === hash) return this.pool.dispatcher;
    const dispatcher = await openPool();
    // Streams that still run on the old dispatcher may finish.
    void this.pool?.dispatcher.close().catch(() => {});
    this.pool = { hash, dispatcher };
    return dispatcher;
  }
}

/** @throws KubeError when a user should have got a credential from elsewhere */
function rejectWithoutCredential(user: User | null): void {
  if (user?.exec) {
    throw new KubeError(
      'credential',
      "The kubeconfig's program for signing in returned neither a token nor a certificate.",
    );
  }
  if (user?.authProvider)
    throw new KubeError('credential', "The kubeconfig's ID token (auth-provider) has expired.");
}

/** Returns the token of a header that client-node has set, without the blanks around it; empty if there is none. */
function bearerToken(authorization: OutgoingHttpHeader = ''): string {
  return String(authorization)
    .replace(/^Bearer /, '')
    .trim();
}

/**
 * A file may contain anything, and a program may return anything. The request would fail as if the API server couldn't
 * be reached.
 *
 * @throws KubeError
 */
function rejectUnsendable(token: string, tokenFile: TokenFile | null): void {
  if (isHeaderText(token)) return;
  const source = tokenFile ? 'its file' : "the kubeconfig's exec or auth-provider";
  throw new KubeError(
    'credential',
    `The bearer token from ${source} contains line breaks or other characters that can't be sent.`,
  );
}

/**
 * Returns a fingerprint that distinguishes two clusters behind one context: a recreated cluster has a new CA, and
 * usually another port. A renewed CA counts as another cluster too, which costs one more list.
 */
function clusterFingerprint({ kubeConfig, serverUrl }: LoadedKubeconfig): string {
  const { caData, caFile } = kubeConfig.getCurrentCluster() ?? {};
  const hash = createHash('sha256').update(`${serverUrl}\n${caData ?? ''}\n`);
  try {
    if (caFile) hash.update(readFileSync(/* turbopackIgnore: true */ caFile));
  } catch {
    // Being replaced: the file's stamp differs once it is back.
  }
  return hash.digest('hex');
}
