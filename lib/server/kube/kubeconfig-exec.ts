import 'server-only';
import { readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { Cluster, User } from '@kubernetes/client-node';
import { z } from '@/lib/zod';

const text = z.string().nullish();

/** A program that signs in (`exec` of a kubeconfig's user). One that must ask questions isn't supported. */
export const execSchema = z.strictObject({
  // kubectl runs no program without one of these.
  apiVersion: z.enum(['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: text,
  provideClusterInfo: z.boolean().nullish(),
  interactiveMode: z.enum(['Never', 'IfAvailable']).nullish(),
});

/** Returns the path of a program; one without a folder is searched for in PATH. */
export function commandOf(file: string, command: string): string {
  return command.includes('/') || command.includes(sep) ? resolve(dirname(file), command) : command;
}

/**
 * Returns a user whose program gets what kubectl tells it: that nobody can answer questions and, if the program asks
 * for it, the cluster.
 */
export function withExecInfo(user: User, cluster: Cluster): User {
  const exec = execSchema.safeParse(user.exec).data;
  if (!exec) return user;
  const info = {
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: { interactive: false, ...(exec.provideClusterInfo ? { cluster: clusterInfo(cluster) } : {}) },
  };
  const env = [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }];
  return { ...user, exec: { ...exec, env } };
}

function clusterInfo({ server, skipTLSVerify, caData, caFile, tlsServerName, proxyUrl }: Cluster): object {
  return {
    server,
    'tls-server-name': tlsServerName,
    'insecure-skip-tls-verify': skipTLSVerify || undefined,
    'certificate-authority-data': caData ?? (caFile === undefined ? undefined : base64Of(caFile)),
    'proxy-url': proxyUrl,
  };
}

function base64Of(file: string): string | undefined {
  try {
    return readFileSync(/* turbopackIgnore: true */ file).toString('base64');
  } catch {
    // Connecting fails with the reason.
    return undefined;
  }
}
