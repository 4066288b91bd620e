import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get, type RequestOptions } from 'node:https';
import { parse } from 'yaml';
import { z } from '@/lib/zod';

const kubeconfigSchema = z.object({
  clusters: z
    .array(z.object({ cluster: z.object({ server: z.string(), 'certificate-authority-data': z.string() }) }))
    .min(1),
  users: z
    .array(
      z.object({ user: z.object({ 'client-certificate-data': z.string(), 'client-key-data': z.string() }) }),
    )
    .min(1),
});

/**
 * Requests a path of the API server with Node's own client, so the baselines have nothing in common with what they are
 * compared with. Resolves when the response starts. Throws if the kubeconfig has no client certificate.
 */
export function kubeGet(
  kubeconfigPath: string,
  path: string,
  options: RequestOptions = {},
): Promise<IncomingMessage> {
  const { clusters, users } = kubeconfigSchema.parse(parse(readFileSync(kubeconfigPath, 'utf8')));
  const cluster = clusters[0]?.cluster;
  const user = users[0]?.user;
  if (!cluster || !user) throw new Error(`${kubeconfigPath} has no cluster or no user.`);
  const decode = (base64: string) => Buffer.from(base64, 'base64');
  return new Promise((resolve, reject) => {
    get(
      `${cluster.server}${path}`,
      {
        ca: decode(cluster['certificate-authority-data']),
        cert: decode(user['client-certificate-data']),
        key: decode(user['client-key-data']),
        ...options,
      },
      resolve,
    ).on('error', reject);
  });
}
