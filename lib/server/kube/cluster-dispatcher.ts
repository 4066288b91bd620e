import 'server-only';
import { createHash } from 'node:crypto';
import type { RequestOptions } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { HttpMethod, type KubeConfig, RequestContext } from '@kubernetes/client-node';
import { Agent, type Dispatcher } from 'undici';
import { KubeError } from './kube-error';
import { isTlsMaterial, pairFault } from './tls-material';

const CONNECT_TIMEOUT_MS = 5000;

/**
 * Creates the pool of connections to the kubeconfig's cluster, through its proxy if it has one.
 *
 * @param options with the TLS material, as client-node sets it
 * @throws KubeError `credential` when the material can't be used
 */
export async function createClusterDispatcher(
  kubeConfig: KubeConfig,
  serverUrl: string,
  options: RequestOptions,
): Promise<Dispatcher> {
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
  const tls = definedOnly({ ca, cert, key, pfx, passphrase, rejectUnauthorized, servername });
  requireUsable(tls);
  const plan = kubeConfig.createDispatcherOptions(kubeConfig.getCurrentCluster(), tls);
  if (plan.type === 'proxy' || plan.type === 'socks') {
    const context = new RequestContext(serverUrl, HttpMethod.GET);
    await kubeConfig.applySecurityAuthentication(context);
    const proxied = context.getDispatcher();
    if (proxied) return proxied;
  }
  return new Agent({
    connect: { ...tls, keepAlive: true, keepAliveInitialDelay: 30_000, timeout: CONNECT_TIMEOUT_MS } as const,
    // One request per connection: over HTTP/2 a silent connection would take every watch and every retry with it.
    allowH2: false,
    // Longer than the pause between two light requests, which saves them a handshake each time.
    keepAliveTimeout: 30_000,
  });
}

/** Returns a hash that differs when another pool is needed: another proxy or other TLS material. */
export function dispatcherHash(kubeConfig: KubeConfig, options: RequestOptions): string {
  const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } = options;
  const hash = createHash('sha256').update(`${kubeConfig.getCurrentCluster()?.proxyUrl ?? ''}\n`);
  for (const part of [ca, cert, key, pfx, passphrase, servername, rejectUnauthorized]) {
    hash.update(`${String(part)}\n`);
  }
  return hash.digest('hex');
}

/**
 * A program may return anything, and a file may be half written. Connections would fail as if the API server couldn't be
 * reached, or be anonymous.
 *
 * @throws KubeError
 */
function requireUsable(tls: SecureContextOptions): void {
  const { cert, key } = tls;
  // A kubeconfig with only one of them stops the start.
  if (!cert !== !key) {
    throw new KubeError(
      'credential',
      "The kubeconfig's program for signing in returned a client certificate or a private key without the other.",
    );
  }
  if (!isTlsMaterial(tls) || (cert && key && pairFault(String(cert), String(key)) !== null)) {
    throw new KubeError(
      'credential',
      "The kubeconfig's CA, client certificate or private key can't be used.",
    );
  }
}

function definedOnly<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
