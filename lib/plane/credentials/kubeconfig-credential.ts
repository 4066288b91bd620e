import { z } from '@/lib/zod';

const text = z.string().nullish();
const unused = z.unknown().optional();
/** The fields of a cluster that are understood. */
export const clusterSchema = z.strictObject({
  server: text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  // kubectl rejects a text such as "true".
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': text,
  'proxy-url': text,
  'disable-compression': z.boolean().nullish(),
  extensions: unused,
});
/** The fields of a user that are understood. */
export const userSchema = z.strictObject({
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
export type Cluster = z.infer<typeof clusterSchema>;
export type User = z.infer<typeof userSchema>;

/** What `kubectl config view` prints in place of secrets and certificates. */
const OMITTED: ReadonlySet<unknown> = new Set(['DATA+OMITTED', 'DATA OMITTED', 'REDACTED']);

/** Returns the problem with credentials that were left out when the kubeconfig was printed, or null. */
export function omittedProblem(fields: Readonly<Record<string, unknown>>): string | null {
  const found = Object.entries(fields).find(([, value]) => OMITTED.has(value));
  return found
    ? `This kubeconfig was printed without its credentials (${found[0]}). Print it with --raw: kubectl config view --raw --flatten --minify --context NAME`
    : null;
}

/** Returns why a plane can't reach a cluster in this way, or null. */
export function clusterProblem(cluster: Cluster): string | null {
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

/**
 * Returns why a plane can't sign in as a user, or null.
 *
 * @param takesToken whether the installed release can sign in with a token
 */
export function userProblem(user: User, takesToken: boolean): string | null {
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
  if (hasCertificate && hasKey) return null;
  // kubectl prefers the file's token to the one beside it.
  if (user.tokenFile) {
    return `This context reads its token from a file on your machine (tokenFile), which the control plane doesn't have. ${takesToken ? "Replace tokenFile by token, with the file's content." : instead}`;
  }
  if (user.token) return null;
  if (user['client-certificate'] && !hasCertificate) return fileProblem('client-certificate');
  if (user['client-key'] && !hasKey) return fileProblem('client-key');
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
