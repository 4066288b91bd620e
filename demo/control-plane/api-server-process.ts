import type { ControlPlanePki } from './control-plane-pki';
import { SupervisedProcess } from './supervised-process';

const READY_TIMEOUT_MS = 90_000;

export interface ApiServerOptions {
  readonly binary: string;
  readonly port: number;
  readonly etcdUrl: string;
  readonly pki: ControlPlanePki;
  /** A folder for what the API server writes itself. */
  readonly certDir: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly isReady: () => Promise<boolean>;
}

/** Starts kube-apiserver: TLS only, RBAC, client certificates and service account tokens. */
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
    // Nobody creates default service accounts here, so what the plugin waits for never comes.
    'disable-admission-plugins': 'ServiceAccount',
    ...options.flags,
  };
  return SupervisedProcess.start({
    name: 'kube-apiserver',
    command: options.binary,
    args: Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    readyTimeoutMs: READY_TIMEOUT_MS,
    ready: options.isReady,
  });
}
