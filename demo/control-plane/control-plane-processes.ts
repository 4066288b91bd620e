import { freePort } from '@/demo/process/free-port';
import { SupervisedProcess } from '@/demo/process/supervised-process';
import type { ControlPlanePki } from './control-plane-pki';

const ETCD_READY_TIMEOUT_MS = 60_000;

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
      // A demo may lose its last seconds in a power failure, so etcd needn't wait for the disk.
      '--unsafe-no-fsync',
      '--log-level=warn',
      // Statuses are rewritten all day: without compaction the history would grow forever.
      '--auto-compaction-mode=periodic',
      '--auto-compaction-retention=10m',
      '--quota-backend-bytes=4294967296',
    ],
    readyTimeoutMs: ETCD_READY_TIMEOUT_MS,
    ready: async () => {
      const answer = await fetch(`${url}/health`);
      return answer.ok && (await answer.text()).includes('"true"');
    },
  });
  return { etcd, url };
}

const API_SERVER_READY_TIMEOUT_MS = 90_000;

export interface ApiServerOptions {
  readonly binary: string;
  readonly port: number;
  readonly etcdUrl: string;
  readonly pki: ControlPlanePki;
  /** A folder for the files that the API server writes. */
  readonly certDir: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly isReady: () => Promise<boolean>;
}

/** Starts kube-apiserver with TLS, RBAC, client certificates and service account tokens. */
export function startApiServer(options: ApiServerOptions): Promise<SupervisedProcess> {
  const { pki, port } = options;
  const flags: Record<string, string> = {
    'advertise-address': '127.0.0.1',
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    'etcd-servers': options.etcdUrl,
    'cert-dir': options.certDir,
    'tls-cert-file': pki.servingCertFile,
    'tls-private-key-file': pki.servingKeyFile,
    'client-ca-file': pki.caFile,
    'service-account-issuer': `https://127.0.0.1:${port}/`,
    'service-account-key-file': pki.serviceAccountPublicKeyFile,
    'service-account-signing-key-file': pki.serviceAccountKeyFile,
    'authorization-mode': 'RBAC',
    'service-cluster-ip-range': '10.0.0.0/24',
    'allow-privileged': 'true',
    // The plugin waits for default service accounts, and no controller creates them here.
    'disable-admission-plugins': 'ServiceAccount',
    ...options.flags,
  };
  return SupervisedProcess.start({
    name: 'kube-apiserver',
    command: options.binary,
    args: Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    readyTimeoutMs: API_SERVER_READY_TIMEOUT_MS,
    ready: options.isReady,
  });
}
