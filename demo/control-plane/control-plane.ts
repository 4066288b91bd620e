import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlaneBinaries } from '@/demo/binaries/binary-cache';
import { resolveControlPlaneBinaries } from '@/demo/binaries/resolve-binaries';
import { freePort, isPortFree } from '@/demo/process/free-port';
import type { ExitReport, SupervisedProcess } from '@/demo/process/supervised-process';
import { ControlPlaneAccess, type ControlPlanePlace } from './control-plane-access';
import { type ControlPlanePki, openPki } from './control-plane-pki';
import { startApiServer, startEtcd } from './control-plane-processes';
import { KubeClient } from './kube-client';

export interface ControlPlaneOptions {
  /** Stores the certificates, the port and etcd's data. A second start with the same folder reuses them. */
  readonly dataDir: string;
  readonly apiServerPort?: number;
  /** More flags of kube-apiserver. They override the defaults. */
  readonly apiServerFlags?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

/**
 * A real etcd and kube-apiserver on the loopback interface. The API server can be killed and restarted while clients
 * run: its address, certificates and data don't change.
 */
export class ControlPlane extends ControlPlaneAccess {
  private apiServer: SupervisedProcess | undefined;
  private stopping = false;
  private readonly exitListeners = new Set<(report: ExitReport) => void>();

  private constructor(
    private readonly options: ControlPlaneOptions,
    private readonly binaries: ControlPlaneBinaries,
    private readonly etcd: SupervisedProcess,
    place: ControlPlanePlace,
    pki: ControlPlanePki,
  ) {
    super(place, pki);
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
    const place = { dataDir: options.dataDir, port, etcdUrl: url };
    const controlPlane = new ControlPlane(options, binaries, etcd, place, pki);
    try {
      await controlPlane.startApiServer();
      await controlPlane.publish();
    } catch (error) {
      await controlPlane.stop();
      throw error;
    }
    return controlPlane;
  }

  get pids(): { readonly etcd: number | undefined; readonly apiServer: number | undefined } {
    return { etcd: this.etcd.pid, apiServer: this.apiServer?.pid };
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

  /** Sends SIGKILL, so connections break without a goodbye. Resolves when the process has ended. */
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
