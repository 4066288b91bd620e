import { fromBase64 } from '@/lib/base64';
import { z } from '@/lib/zod';

/** One context of a kubeconfig: a cluster, and how to sign in to it. */
export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
}

export interface KubeconfigContexts {
  readonly contexts: readonly KubeconfigContext[];
  /** `current-context`, or null if no such context exists. */
  readonly current: string | null;
}

/** The parts of one context that direct access needs; certificates and key as PEM. */
export interface ContextAccess {
  readonly server: string;
  readonly ca?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly token?: string;
}

/** Why a kubeconfig or a context can't be used, and what to do about it, in one sentence. */
export interface KubeconfigProblem {
  readonly problem: string;
}

const text = z.string().nullish();
const clusterSchema = z.object({
  server: text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': text,
  'proxy-url': text,
});
const userSchema = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  exec: z.unknown().optional(),
  'auth-provider': z.unknown().optional(),
});
const contextSchema = z.object({ cluster: text, user: text });
const kubeconfigSchema = z.object({
  clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema.nullish() })).nullish(),
  users: z.array(z.object({ name: z.string(), user: userSchema.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: contextSchema.nullish() })).nullish(),
  'current-context': text,
});

type Cluster = z.infer<typeof clusterSchema>;
type User = z.infer<typeof userSchema>;

/**
 * Returns the contexts of a kubeconfig.
 *
 * @param parsed the kubeconfig's YAML or JSON, already parsed
 */
export function kubeconfigContexts(parsed: unknown): KubeconfigContexts | KubeconfigProblem {
  const config = kubeconfigSchema.safeParse(parsed).data;
  if (!config || (!config.clusters && !config.contexts)) {
    return { problem: "This isn't a kubeconfig: it has no clusters and contexts." };
  }
  const contexts = (config.contexts ?? []).flatMap(({ name, context }): KubeconfigContext[] =>
    context ? [{ name, cluster: context.cluster ?? '', user: context.user ?? '' }] : [],
  );
  if (contexts.length === 0) return { problem: 'This kubeconfig has no contexts.' };
  const current = config['current-context'];
  return { contexts, current: contexts.some(({ name }) => name === current) ? (current ?? null) : null };
}

/**
 * Returns what direct access needs from a context: the address, the CA, and a client certificate with its key or a
 * token. Otherwise returns why the control plane can't use it: programs and files on a person's machine don't exist
 * there.
 *
 * @param parsed the kubeconfig's YAML or JSON, already parsed
 */
export function accessOfContext(parsed: unknown, contextName: string): ContextAccess | KubeconfigProblem {
  const config = kubeconfigSchema.safeParse(parsed).data;
  const context = config?.contexts?.find(({ name }) => name === contextName)?.context;
  if (!config || !context) return { problem: `This kubeconfig has no context ${contextName}.` };
  const cluster = config.clusters?.find(({ name }) => name === context.cluster)?.cluster;
  if (!cluster)
    return {
      problem: `Context ${contextName} refers to cluster ${context.cluster}, which this kubeconfig doesn't have.`,
    };
  const user = config.users?.find(({ name }) => name === context.user)?.user;
  if (!user)
    return {
      problem: `Context ${contextName} refers to user ${context.user}, which this kubeconfig doesn't have.`,
    };
  const problem = clusterProblem(cluster) ?? userProblem(user);
  if (problem !== null) return { problem };
  return readAccess(cluster, user);
}

function clusterProblem(cluster: Cluster): string | null {
  if (!cluster.server) return 'This context has no server address.';
  if (cluster['insecure-skip-tls-verify']) {
    return "This context doesn't verify the API server (insecure-skip-tls-verify), but the control plane always does. Use a kubeconfig with certificate-authority-data.";
  }
  if (cluster['proxy-url']) {
    return "This context uses a proxy (proxy-url), but a plane can't. Enter an address that the control plane can reach directly.";
  }
  if (cluster['tls-server-name']) {
    return "This context verifies the API server by another name (tls-server-name), but a plane can't. Enter an address that the API server's certificate contains.";
  }
  if (cluster['certificate-authority'] && !cluster['certificate-authority-data'])
    return fileProblem('certificate-authority');
  return null;
}

function userProblem(user: User): string | null {
  if (user.exec) {
    return "This context signs in with a program on your machine (exec), which the control plane doesn't have. Create a service account token instead: kubectl create token NAME --duration=8760h";
  }
  if (user['auth-provider']) {
    return "This context signs in with an auth provider on your machine, which the control plane doesn't have. Create a service account token instead: kubectl create token NAME --duration=8760h";
  }
  const hasCertificate = Boolean(user['client-certificate-data']);
  const hasKey = Boolean(user['client-key-data']);
  if (user.token || (hasCertificate && hasKey)) return null;
  if (user['client-certificate'] && !hasCertificate) return fileProblem('client-certificate');
  if (user['client-key'] && !hasKey) return fileProblem('client-key');
  if (user.tokenFile) return fileProblem('tokenFile');
  if (user.username || user.password) {
    return 'This context signs in with a username and password, which Kubernetes no longer supports. Use a context with a client certificate or a token.';
  }
  if (hasCertificate) return 'This context has a client certificate without its key (client-key-data).';
  if (hasKey) return 'This context has a client key without its certificate (client-certificate-data).';
  return 'This context has neither a client certificate nor a token to sign in with.';
}

function fileProblem(field: string): string {
  return `This kubeconfig refers to a file on your machine (${field}). To include its content, run: kubectl config view --raw --flatten --minify --context NAME`;
}

function readAccess(cluster: Cluster, user: User): ContextAccess | KubeconfigProblem {
  const fields = [
    ['ca', 'certificate-authority-data', cluster['certificate-authority-data']],
    ['clientCertificate', 'client-certificate-data', user['client-certificate-data']],
    ['clientKey', 'client-key-data', user['client-key-data']],
  ] as const;
  const access: { -readonly [K in keyof ContextAccess]: ContextAccess[K] } = { server: cluster.server ?? '' };
  for (const [name, field, data] of fields) {
    if (!data) continue;
    const pem = fromBase64(data);
    if (pem === null || !pem.includes('-----BEGIN '))
      return { problem: `${field} of this context is damaged: it isn't base64-encoded PEM.` };
    access[name] = pem;
  }
  if (user.token) access.token = user.token.trim();
  // A certificate is useless without its key, and a token signs in without either.
  if (access.clientCertificate === undefined || access.clientKey === undefined) {
    delete access.clientCertificate;
    delete access.clientKey;
  }
  return access;
}
