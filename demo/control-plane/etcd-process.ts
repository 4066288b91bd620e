import { freePort } from './free-port';
import { SupervisedProcess } from './supervised-process';

const READY_TIMEOUT_MS = 60_000;

/** Starts a single etcd on the loopback interface with its data in a folder. */
export async function startEtcd(
  binary: string,
  dataDir: string,
): Promise<{ etcd: SupervisedProcess; url: string }> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const etcd = await SupervisedProcess.start({
    name: 'etcd',
    command: binary,
    args: [
      `--data-dir=${dataDir}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      '--listen-peer-urls=http://127.0.0.1:0',
      // A demo may lose its last seconds when the machine loses power; the disk need not be waited for.
      '--unsafe-no-fsync',
      '--log-level=warn',
      // Statuses are rewritten all day: without this the history would grow for ever.
      '--auto-compaction-mode=periodic',
      '--auto-compaction-retention=10m',
      '--quota-backend-bytes=4294967296',
    ],
    readyTimeoutMs: READY_TIMEOUT_MS,
    ready: async () => {
      const answer = await fetch(`${url}/health`);
      return answer.ok && (await answer.text()).includes('"true"');
    },
  });
  return { etcd, url };
}
