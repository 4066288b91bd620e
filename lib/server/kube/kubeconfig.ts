import 'server-only';
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { type Cluster, KubeConfig } from '@kubernetes/client-node';
import { notTextProblem } from '@/lib/plane/credentials/kubeconfig-text';
import { isJsonObject } from '@/lib/plane/json/json';
import { z } from '@/lib/zod';
import { environmentProxy } from './environment-proxy';
import { KubeconfigError } from './kubeconfig-error';
import { withExecInfo } from './kubeconfig-exec';
import { readKubeconfigFiles } from './kubeconfig-files';
import { checkTls } from './kubeconfig-tls';
import { clusterOf, type ImpersonationHeaders, type SignIn, userOf } from './kubeconfig-user';
import type { TokenFile } from './token-file';

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** A loaded kubeconfig with its chosen context. */
export interface LoadedKubeconfig {
  readonly kubeConfig: KubeConfig;
  readonly contextName: string;
  /** The API server's base URL, without a trailing slash. */
  readonly serverUrl: string;
  /** The file with the bearer token of every request; null: the token, if any, is the user's. */
  readonly tokenFile: TokenFile | null;
  /** Sent with every request; empty unless the user impersonates another. */
  readonly impersonation: ImpersonationHeaders;
  /** Changes when a file that the credential was read from changes. */
  readonly fingerprint: () => string;
}

/**
 * Loads what kubectl would use: KUBECONFIG, else ~/.kube/config, else the pod's service account.
 *
 * @param context the context to use; null: the current one
 * @throws KubeconfigError when there is nothing to load, it can't be read, it lacks the context, or the context uses a
 * field that isn't supported or can't be used
 */
export function loadKubeconfig(
  context: string | null,
  env: Readonly<Record<string, string | undefined>> = process.env,
): LoadedKubeconfig {
  const files = kubeconfigFiles(env);
  const { cluster, user, tokenFile, contextName, impersonation } =
    files.length > 0 ? fromFiles(files, context) : fromServiceAccount(env, context);
  if (!isServerUrl(cluster.server)) {
    throw new KubeconfigError(
      `Context "${contextName}" in the kubeconfig has no cluster with a valid server URL.`,
    );
  }
  const proxyUrl = cluster.proxyUrl ?? environmentProxy(cluster.server, env);
  if (proxyUrl !== undefined && !isProxyUrl(proxyUrl)) {
    const source =
      cluster.proxyUrl === undefined ? 'HTTPS_PROXY or HTTP_PROXY' : 'proxy-url in the kubeconfig';
    throw new KubeconfigError(
      `${source} isn't a valid proxy. Use a URL such as http://proxy.example.com:3128.`,
    );
  }
  checkTls(cluster, user);
  // client-node rejects plain http (which `kubectl proxy` offers) unless TLS verification is skipped.
  const skipTLSVerify = cluster.skipTLSVerify || isPlainHttp(cluster.server);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ ...cluster, skipTLSVerify, ...(proxyUrl === undefined ? {} : { proxyUrl }) }],
    users: [withExecInfo(user, cluster)],
    contexts: [{ name: contextName, cluster: cluster.name, user: user.name }],
    currentContext: contextName,
  });
  const credentialFiles = [...files, ...filesOfCredential(kubeConfig, tokenFile)];
  return {
    kubeConfig,
    contextName,
    serverUrl: cluster.server,
    tokenFile,
    impersonation,
    fingerprint: () => credentialFiles.map(fileStamp).join(' '),
  };
}

/**
 * Returns a function that loads the kubeconfig, always with the context that the first load chose: `kubectl config
 * use-context` in another shell must not lead a running server to another cluster. Arguments and errors as for
 * `loadKubeconfig`.
 */
export function kubeconfigLoader(
  context: string | null,
  env: Readonly<Record<string, string | undefined>> = process.env,
): () => LoadedKubeconfig {
  let chosen = context;
  return () => {
    const loaded = loadKubeconfig(chosen, env);
    chosen = loaded.contextName;
    return loaded;
  };
}

function kubeconfigFiles(env: Readonly<Record<string, string | undefined>>): string[] {
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  if (named.length > 0) {
    // kubectl skips missing files when it gets several.
    const present = named.filter((file) => existsSync(file));
    if (present.length === 0)
      throw new KubeconfigError(`KUBECONFIG names a file that doesn't exist: ${named[0]}.`);
    return present.map((file) => resolve(file));
  }
  const home = join(env.HOME ?? homedir(), '.kube', 'config');
  return existsSync(home) ? [home] : [];
}

/** Paths are appended to the address, so it ends with its own path. `host:6443` would be a scheme. */
function isServerUrl(server: string): boolean {
  if (!URL.canParse(server)) return false;
  const { protocol, username, password, search, hash } = new URL(server);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}

function isPlainHttp(server: string): boolean {
  return /^http:/i.test(server);
}

function isProxyUrl(url: string): boolean {
  return URL.canParse(url) && /^(https?|socks[45]?[ah]?):$/.test(new URL(url).protocol);
}

/** What a context refers to. */
interface ChosenContext extends SignIn {
  readonly contextName: string;
  readonly cluster: Cluster;
}

const contextSchema = z.object({ cluster: z.string().min(1), user: z.string().nullish() });

/** What a context refers to, whatever it is. */
function referencesOf(content: unknown): { readonly cluster?: unknown; readonly user?: unknown } {
  return isJsonObject(content) ? content : {};
}

function fromFiles(files: readonly string[], context: string | null): ChosenContext {
  const { clusters, users, contexts, currentContext, currentProblem } = readKubeconfigFiles(files);
  const contextName = context ?? currentContext;
  if (!contextName)
    throw new KubeconfigError('The kubeconfig has no current context. Set PLANEBOARD_CONTEXT.');
  const entry = contexts.get(contextName);
  if (!entry) throw missingContext(contextName, [...contexts.keys()]);
  const refers = referencesOf(entry.content);
  const problem =
    (context === null ? currentProblem : null) ??
    entry.nameProblem ??
    notTextProblem(`The cluster of context "${contextName}" in the kubeconfig`, refers.cluster) ??
    notTextProblem(`The user of context "${contextName}" in the kubeconfig`, refers.user);
  if (problem !== null) throw new KubeconfigError(problem);
  const chosen = contextSchema.safeParse(entry.content).data;
  const cluster = clusters.get(chosen?.cluster ?? '');
  if (!chosen || !cluster) {
    throw new KubeconfigError(
      `Context "${contextName}" in the kubeconfig has no cluster with a valid server URL.`,
    );
  }
  const userName = chosen.user ?? '';
  const user = users.get(userName);
  if (userName !== '' && !user) {
    throw new KubeconfigError(
      `Context "${contextName}" refers to user "${userName}", which the kubeconfig doesn't have.`,
    );
  }
  const unreadable = cluster.nameProblem ?? user?.nameProblem ?? null;
  if (unreadable !== null) throw new KubeconfigError(unreadable);
  const usedCluster = clusterOf(chosen.cluster, cluster);
  // Without a user, requests are anonymous.
  const signIn = userOf(userName, user ?? { file: entry.file, content: {}, nameProblem: null });
  return {
    contextName,
    cluster: usedCluster,
    ...signIn,
    // Like kubectl, send no credential in clear text: everyone on the way could use it, and `kubectl proxy` has its own.
    ...(isPlainHttp(usedCluster.server) ? { user: { name: userName }, tokenFile: null } : {}),
  };
}

function missingContext(contextName: string, names: readonly string[]): KubeconfigError {
  return new KubeconfigError(
    `The kubeconfig has no context "${contextName}". Available: ${names.join(', ') || 'none'}.`,
  );
}

function fromServiceAccount(
  env: Readonly<Record<string, string | undefined>>,
  context: string | null,
): ChosenContext {
  if (!env.KUBERNETES_SERVICE_HOST || !existsSync(SERVICE_ACCOUNT_TOKEN)) {
    throw new KubeconfigError(
      'No Kubernetes credential found. Set KUBECONFIG, create ~/.kube/config, or run in a pod with a service account.',
    );
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromCluster();
  const [contextName, cluster, user] = [
    kubeConfig.getCurrentContext(),
    kubeConfig.getCurrentCluster(),
    kubeConfig.getCurrentUser(),
  ];
  if ((context !== null && context !== contextName) || !cluster || !user)
    throw missingContext(context ?? contextName, [contextName]);
  return {
    contextName,
    cluster,
    // client-node would read the file too, and send no token while it is empty.
    user: { name: user.name },
    tokenFile: { path: SERVICE_ACCOUNT_TOKEN },
    impersonation: {},
  };
}

function filesOfCredential(kubeConfig: KubeConfig, tokenFile: TokenFile | null): string[] {
  const user = kubeConfig.getCurrentUser();
  return [kubeConfig.getCurrentCluster()?.caFile, user?.certFile, user?.keyFile, tokenFile?.path].filter(
    (file) => file !== undefined,
  );
}

/** A file that is being replaced counts as changed, and is read when it is back. */
function fileStamp(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs}/${size}/${ino}`;
  } catch {
    return 'absent';
  }
}
