import 'server-only';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { z } from '@/lib/zod';

const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** A loaded kubeconfig with its chosen context. */
export interface LoadedKubeconfig {
  readonly kubeConfig: KubeConfig;
  readonly contextName: string;
  /** The API server's base URL, without a trailing slash. */
  readonly serverUrl: string;
  /** Changes when a file that the credential was read from changes. */
  readonly fingerprint: () => string;
}

/** A kubeconfig that can't be used. Its message is a sentence for the person who starts the server. */
class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
}

/** Recognises the error by name: `instanceof` fails across Next's copies of this module. */
export function isKubeconfigError(error: unknown): error is KubeconfigError {
  return error instanceof Error && error.name === 'KubeconfigError';
}

/**
 * Loads what kubectl would use: KUBECONFIG, else ~/.kube/config, else the pod's service account.
 *
 * @param context the context to use; null: the current one
 * @throws KubeconfigError when there is nothing to load, it can't be read, or it lacks the context
 */
export function loadKubeconfig(
  context: string | null,
  env: Readonly<Record<string, string | undefined>> = process.env,
): LoadedKubeconfig {
  const files = kubeconfigFiles(env);
  const kubeConfig = files.length > 0 ? fromFiles(files) : fromServiceAccount(env);
  const contextName = context ?? kubeConfig.getCurrentContext();
  if (!contextName)
    throw new KubeconfigError('The kubeconfig has no current context. Set PLANEBOARD_CONTEXT.');
  if (!kubeConfig.getContextObject(contextName)) {
    const names = kubeConfig.getContexts().map((item) => item.name);
    throw new KubeconfigError(
      `The kubeconfig has no context "${contextName}". Available: ${names.join(', ') || 'none'}.`,
    );
  }
  kubeConfig.setCurrentContext(contextName);
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster || !URL.canParse(cluster.server)) {
    throw new KubeconfigError(
      `Context "${contextName}" in the kubeconfig has no cluster with a valid server URL.`,
    );
  }
  if (cluster.server.startsWith('http:')) allowPlainHttp(kubeConfig, cluster.name);
  const credentialFiles = [...files, ...filesOfCredential(kubeConfig)];
  return {
    kubeConfig,
    contextName,
    serverUrl: cluster.server.replace(/\/+$/, ''),
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

function fromFiles(files: readonly string[]): KubeConfig {
  const merged = new KubeConfig();
  for (const [index, file] of files.entries()) {
    try {
      const config = new KubeConfig();
      config.loadFromFile(file);
      readTokenFiles(config, file);
      if (index === 0) merged.loadFromOptions(config);
      else merged.mergeConfig(config, true);
    } catch {
      // The parser's own message could quote the file.
      throw new KubeconfigError(`The kubeconfig ${file} can't be read or isn't valid.`);
    }
  }
  return merged;
}

const tokenFilesSchema = z.object({
  users: z.array(
    z.object({ name: z.string(), user: z.object({ tokenFile: z.string().optional() }).nullish() }),
  ),
});

/** client-node doesn't support `tokenFile` of a kubeconfig's user, only its own provider of that name. */
function readTokenFiles(kubeConfig: KubeConfig, file: string): void {
  const users = tokenFilesSchema.safeParse(parse(readFileSync(file, 'utf8'))).data?.users ?? [];
  for (const { name, user } of users) {
    if (!user?.tokenFile) continue;
    const tokenFile = resolve(dirname(file), user.tokenFile);
    kubeConfig.users = kubeConfig.users.map((item) =>
      item.name === name ? { name, authProvider: { name: 'tokenFile', config: { tokenFile } } } : item,
    );
  }
}

function fromServiceAccount(env: Readonly<Record<string, string | undefined>>): KubeConfig {
  if (!env.KUBERNETES_SERVICE_HOST || !existsSync(SERVICE_ACCOUNT_TOKEN)) {
    throw new KubeconfigError(
      'No Kubernetes credential found. Set KUBECONFIG, create ~/.kube/config, or run in a pod with a service account.',
    );
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromCluster();
  return kubeConfig;
}

/** client-node rejects plain http (which `kubectl proxy` offers) unless TLS verification is skipped. */
function allowPlainHttp(kubeConfig: KubeConfig, clusterName: string): void {
  kubeConfig.clusters = kubeConfig.clusters.map((item) =>
    item.name === clusterName ? { ...item, skipTLSVerify: true } : item,
  );
}

function filesOfCredential(kubeConfig: KubeConfig): string[] {
  const user = kubeConfig.getCurrentUser();
  const tokenFile: unknown = user?.authProvider?.config?.tokenFile;
  return [kubeConfig.getCurrentCluster()?.caFile, user?.certFile, user?.keyFile, tokenFile].filter(
    (file): file is string => typeof file === 'string',
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
