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
const unused = z.unknown().optional();
const clusterSchema = z.strictObject({
  server: text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  // YAML 1.1, which kubectl reads, has more words for a boolean.
  'insecure-skip-tls-verify': z.union([z.boolean(), z.stringbool()]).nullish(),
  'tls-server-name': text,
  'proxy-url': text,
  'disable-compression': unused,
  extensions: unused,
});
const userSchema = z.strictObject({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  exec: unused,
  'auth-provider': unused,
  as: unused,
  'as-uid': unused,
  'as-groups': unused,
  'as-user-extra': unused,
  extensions: unused,
});
const kubeconfigSchema = z.object({
  clusters: z.array(z.unknown()).nullish(),
  users: z.array(z.unknown()).nullish(),
  contexts: z.array(z.unknown()).nullish(),
  'current-context': z.unknown().optional(),
});
const entrySchema = z.looseObject({ name: z.string().min(1) });
const contextSchema = z.object({ cluster: z.string().catch(''), user: z.string().catch('') });

type Kubeconfig = z.infer<typeof kubeconfigSchema>;
type Cluster = z.infer<typeof clusterSchema>;
type User = z.infer<typeof userSchema>;

/**
 * Returns the contexts of a kubeconfig. What no context needs may be invalid.
 *
 * @param parsed the kubeconfig's YAML or JSON, already parsed
 */
export function kubeconfigContexts(parsed: unknown): KubeconfigContexts | KubeconfigProblem {
  const config = kubeconfigSchema.safeParse(parsed).data;
  if (!config || (!config.clusters && !config.contexts)) {
    return { problem: "This isn't a kubeconfig: it has no clusters and contexts." };
  }
  const contexts = (config.contexts ?? []).flatMap((item): KubeconfigContext[] => {
    const entry = entrySchema.safeParse(item).data;
    const content = contextSchema.safeParse(entry?.context).data;
    return entry && content ? [{ name: entry.name, ...content }] : [];
  });
  if (contexts.length === 0) return { problem: 'This kubeconfig has no contexts.' };
  const names = contexts.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) return { problem: duplicateProblem('contexts', repeated) };
  const current = names.find((name) => name === config['current-context']);
  return { contexts, current: current ?? null };
}

/**
 * Returns what direct access needs from a context: the address, the CA, and a client certificate with its key or a
 * token. Otherwise returns why the control plane can't use it: programs and files on a person's machine don't exist
 * there.
 *
 * @param parsed the kubeconfig's YAML or JSON, already parsed
 * @param takesToken whether the installed release can sign in with a token; otherwise only a client certificate helps
 */
export function accessOfContext(
  parsed: unknown,
  contextName: string,
  takesToken = true,
): ContextAccess | KubeconfigProblem {
  const found = kubeconfigContexts(parsed);
  if ('problem' in found) return found;
  const context = found.contexts.find(({ name }) => name === contextName);
  const config = kubeconfigSchema.safeParse(parsed).data ?? {};
  if (!context) return { problem: `This kubeconfig has no context ${contextName}.` };
  const cluster = usedEntry(config, 'cluster', context, clusterSchema);
  if ('problem' in cluster) return cluster;
  const user = usedEntry(config, 'user', context, userSchema);
  if ('problem' in user) return user;
  const problem =
    omittedProblem({ ...cluster.fields, ...user.fields }) ??
    clusterProblem(cluster.fields) ??
    userProblem(user.fields, takesToken);
  if (problem !== null) return { problem };
  return readAccess(cluster.fields, user.fields);
}

/** Returns the cluster or the user that a context refers to. */
function usedEntry<T>(
  config: Kubeconfig,
  kind: 'cluster' | 'user',
  context: KubeconfigContext,
  schema: z.ZodType<T>,
): { readonly fields: T } | KubeconfigProblem {
  const name = context[kind];
  if (name === '') return { problem: `Context ${context.name} has no ${kind}.` };
  const [entry, second] = (config[`${kind}s`] ?? [])
    .map((item) => entrySchema.safeParse(item).data)
    .filter((item) => item?.name === name);
  if (!entry)
    return {
      problem: `Context ${context.name} refers to ${kind} ${name}, which this kubeconfig doesn't have.`,
    };
  if (second) return { problem: duplicateProblem(`${kind}s`, name) };
  const read = schema.safeParse(entry[kind] ?? {});
  if (read.success) return { fields: read.data };
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys')
    return {
      problem: `The ${kind} of this context has the field ${issue.keys[0]}, which Planeboard doesn't support. Use a context without it.`,
    };
  return {
    problem: `Invalid field ${issue?.path.join('.') || kind} in the ${kind} of this context. Put a text in quotes.`,
  };
}

function duplicateProblem(list: string, name: string): string {
  return `This kubeconfig has two ${list} named ${name}, so kubectl can't use it. Rename one.`;
}

/** What `kubectl config view` prints in place of secrets and certificates. */
const OMITTED: ReadonlySet<unknown> = new Set(['DATA+OMITTED', 'DATA OMITTED', 'REDACTED']);

function omittedProblem(fields: Readonly<Record<string, unknown>>): string | null {
  const found = Object.entries(fields).find(([, value]) => OMITTED.has(value));
  return found
    ? `This kubeconfig was printed without its credentials (${found[0]}). Print it with --raw: kubectl config view --raw --flatten --minify --context NAME`
    : null;
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

function userProblem(user: User, takesToken: boolean): string | null {
  const impersonation = IMPERSONATION.find((field) => !isEmpty(user[field]));
  if (impersonation) {
    return `This context acts as another user (${impersonation}), but a plane can't. Use a context that signs in as the user itself.`;
  }
  const instead = takesToken
    ? 'Create a service account token instead: kubectl create token NAME --duration=8760h'
    : 'This release accepts only a client certificate. Use a kubeconfig with client-certificate-data and client-key-data.';
  if (user.exec) {
    return `This context signs in with a program on your machine (exec), which the control plane doesn't have. ${instead}`;
  }
  if (user['auth-provider']) {
    return `This context signs in with an auth provider on your machine, which the control plane doesn't have. ${instead}`;
  }
  const hasCertificate = Boolean(user['client-certificate-data']);
  const hasKey = Boolean(user['client-key-data']);
  if (user.token || (hasCertificate && hasKey)) return null;
  if (user['client-certificate'] && !hasCertificate) return fileProblem('client-certificate');
  if (user['client-key'] && !hasKey) return fileProblem('client-key');
  if (user.tokenFile) return fileProblem('tokenFile');
  if (user.username || user.password) {
    return `This context signs in with a username and password, which Kubernetes no longer supports. Use a context with a client certificate${takesToken ? ' or a token' : ''}.`;
  }
  if (hasCertificate) return 'This context has a client certificate without its key (client-key-data).';
  if (hasKey) return 'This context has a client key without its certificate (client-certificate-data).';
  return 'This context has neither a client certificate nor a token to sign in with.';
}

const IMPERSONATION = ['as', 'as-uid', 'as-groups', 'as-user-extra'] as const;

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
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
