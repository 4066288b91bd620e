import { createInterface } from 'node:readline';
import { kubeGet } from './kube-request';

/**
 * Opens a bare watch, the baseline of the latency: one connection, one line of JSON at a time. Resolves when the
 * response starts. Calls `onLine` with each line until the signal aborts.
 */
export async function bareWatch(
  kubeconfigPath: string,
  path: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const lines = createInterface({ input: await kubeGet(kubeconfigPath, path, { signal }) });
  lines.on('line', onLine);
  // The signal ends the watch. If it breaks earlier, the missing change makes the measurement fail.
  lines.on('error', () => {});
}
