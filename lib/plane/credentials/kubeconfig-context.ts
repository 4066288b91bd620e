import { fromBase64 } from '@/lib/base64';
import { z } from '@/lib/zod';
import {
  type Cluster,
  clusterProblem,
  clusterSchema,
  omittedProblem,
  type User,
  userProblem,
  userSchema,
} from './kubeconfig-credential';
import { notTextProblem, scalarText } from './kubeconfig-text';

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

const kubeconfigSchema = z.object({
  clusters: z.array(z.unknown()).nullish(),
  users: z.array(z.unknown()).nullish(),
  contexts: z.array(z.unknown()).nullish(),
  'current-context': z.unknown().optional(),
});
const entrySchema = z.looseObject({ name: z.unknown() });
const contextSchema = z.object({ cluster: z.unknown().optional(), user: z.unknown().optional() });

type Kubeconfig = z.infer<typeof kubeconfigSchema>;

/** An entry of one of a kubeconfig's lists. */
interface Entry {
  readonly name: string;
  readonly content: unknown;
  /** Why kubectl rejects its name; null if it doesn't. Matters only for an entry that is used. */
  readonly problem: string | null;
}

/** Returns the named entries of a list. Others are left out. */
function entriesOf(config: Kubeconfig, kind: 'cluster' | 'user' | 'context'): Entry[] {
  return (config[`${kind}s`] ?? []).flatMap((item): Entry[] => {
    const entry = entrySchema.safeParse(item).data;
    const name = scalarText(entry?.name);
    if (!entry || !name) return [];
    return [
      { name, content: entry[kind], problem: notTextProblem(`The name of ${kind} ${name}`, entry.name) },
    ];
  });
}

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
  const contexts = entriesOf(config, 'context').flatMap(({ name, content }): KubeconfigContext[] => {
    const refers = contextSchema.safeParse(content).data;
    return refers
      ? [{ name, cluster: scalarText(refers.cluster) ?? '', user: scalarText(refers.user) ?? '' }]
      : [];
  });
  if (contexts.length === 0) return { problem: 'This kubeconfig has no contexts.' };
  const names = contexts.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) return { problem: duplicateProblem('contexts', repeated) };
  const current = names.find((name) => name === scalarText(config['current-context']));
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
  const notText = contextProblem(config, contextName);
  if (notText !== null) return { problem: notText };
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

/** Returns why kubectl rejects a context's name or what it refers to, or null. */
function contextProblem(config: Kubeconfig, contextName: string): string | null {
  const entry = entriesOf(config, 'context').find(({ name }) => name === contextName);
  const refers = contextSchema.safeParse(entry?.content).data;
  return (
    entry?.problem ??
    notTextProblem(`The cluster of context ${contextName}`, refers?.cluster) ??
    notTextProblem(`The user of context ${contextName}`, refers?.user)
  );
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
  const [entry, second] = entriesOf(config, kind).filter((item) => item.name === name);
  if (!entry)
    return {
      problem: `Context ${context.name} refers to ${kind} ${name}, which this kubeconfig doesn't have.`,
    };
  if (second) return { problem: duplicateProblem(`${kind}s`, name) };
  if (entry.problem !== null) return { problem: entry.problem };
  const read = schema.safeParse(entry.content ?? {});
  if (read.success) return { fields: read.data };
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys')
    return {
      problem: `The ${kind} of this context has the field ${issue.keys[0]}, which Planeboard doesn't support. Use a context without it.`,
    };
  const isBoolean = issue?.code === 'invalid_type' && issue.expected === 'boolean';
  return {
    problem: `Invalid field ${issue?.path.join('.') || kind} in the ${kind} of this context. ${isBoolean ? 'Set it to true or false, without quotes.' : 'Put a text in quotes.'}`,
  };
}

function duplicateProblem(list: string, name: string): string {
  return `This kubeconfig has two ${list} named ${name}, so kubectl can't use it. Rename one.`;
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
  // kubectl would sign in with the file's token, which isn't here.
  if (user.token && !user.tokenFile) access.token = user.token.trim();
  // A certificate is useless without its key, and a token signs in without either.
  if (access.clientCertificate === undefined || access.clientKey === undefined) {
    delete access.clientCertificate;
    delete access.clientKey;
  }
  return access;
}
