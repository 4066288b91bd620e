import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ControlPlane } from '@/demo/control-plane/control-plane';

/** Writes a kubeconfig that signs in with a bearer token, and returns its path. */
export async function tokenKubeconfig(
  { server, caPem }: Pick<ControlPlane, 'server' | 'caPem'>,
  folder: string,
  token: string,
): Promise<string> {
  const name = 'by-token';
  const path = join(folder, `${name}-${crypto.randomUUID()}.kubeconfig`);
  const cluster = { server, 'certificate-authority-data': Buffer.from(caPem).toString('base64') };
  const text = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
  await writeFile(path, text, { mode: 0o600 });
  return path;
}
