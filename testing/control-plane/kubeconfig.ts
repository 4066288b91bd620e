import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ControlPlane } from '@/demo/control-plane/control-plane';

export interface KubeconfigParts {
  readonly name?: string;
  readonly caPem?: string;
  /** The credentials; none by default. */
  readonly user?: { readonly token: string } | { readonly tokenFile: string } | Record<string, never>;
}

/** Returns a kubeconfig for one API server. Its cluster, user and context have the same name. */
export function kubeconfigOf(
  server: string,
  { name = 'test', caPem, user = {} }: KubeconfigParts = {},
): string {
  const ca =
    caPem === undefined ? {} : { 'certificate-authority-data': Buffer.from(caPem).toString('base64') };
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, ...ca } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}

/** Writes a kubeconfig that signs in with a bearer token. Returns its path. */
export async function tokenKubeconfig(
  { server, caPem }: Pick<ControlPlane, 'server' | 'caPem'>,
  folder: string,
  token: string,
): Promise<string> {
  const path = join(folder, `token-${crypto.randomUUID()}.kubeconfig`);
  await writeFile(path, kubeconfigOf(server, { caPem, user: { token } }), { mode: 0o600 });
  return path;
}
