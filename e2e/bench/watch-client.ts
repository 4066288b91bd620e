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
 * Opens a bare watch, the baseline of the latency: one connection, one line of JSON at a time. Resolves when the
 * response starts. Calls `onLine` with each line until the signal aborts.
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
  if (!cluster || !user) throw new Error(`${kubeconfigPath} has no cluster or no user.`);
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
        // The signal ends the watch. If it breaks earlier, the missing change makes the measurement fail.
        lines.on('error', () => {});
        resolve();
      },
    );
    request.on('error', (error) => (signal.aborted ? resolve() : reject(error)));
  });
}
