import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { createInterface } from 'node:readline';
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
 * The yardstick: a watch with nothing around it, one connection and one line of JSON at a time.
 * Calls `onLine` with each line as it arrives; ends with the signal.
 */
export function bareWatch(
  kubeconfigPath: string,
  path: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { clusters, users } = kubeconfigSchema.parse(parse(readFileSync(kubeconfigPath, 'utf8')));
  const cluster = clusters[0]?.cluster;
  const user = users[0]?.user;
  if (!cluster || !user) throw new Error(`${kubeconfigPath} names no cluster or no user.`);
  const decode = (base64: string) => Buffer.from(base64, 'base64');
  return new Promise((resolve, reject) => {
    const request = get(
      `${cluster.server}${path}`,
      {
        ca: decode(cluster['certificate-authority-data']),
        cert: decode(user['client-certificate-data']),
        key: decode(user['client-key-data']),
        signal,
      },
      (response) => {
        const lines = createInterface({ input: response });
        lines.on('line', onLine);
        // Ended by the signal; a watch that breaks before is found out by the change that it does not show.
        lines.on('error', () => {});
        resolve();
      },
    );
    request.on('error', (error) => (signal.aborted ? resolve() : reject(error)));
  });
}
