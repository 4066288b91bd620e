import { PlaneboardServer } from '@/testing/server/planeboard-server';
import { type Simulated, SimulatedControlPlane, type SimulationOptions } from './simulated-control-plane';
import { apiPathOf, type SimulatedPlane } from './simulated-planes';

export interface InstallationOptions extends SimulationOptions {
  /** The server's environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A simulated control plane and the production server that uses it. */
export class SimulatedInstallation extends SimulatedControlPlane {
  private constructor(
    simulated: Simulated,
    readonly server: PlaneboardServer,
  ) {
    super(simulated);
  }

  static override async start({ env = {}, ...options }: InstallationOptions): Promise<SimulatedInstallation> {
    const simulated = await SimulatedControlPlane.simulate(options);
    const { kubeconfigPath } = simulated.demo.controlPlane;
    return new SimulatedInstallation(simulated, await PlaneboardServer.start({ kubeconfigPath, env }));
  }

  override async stop(): Promise<void> {
    await this.server.kill();
    await super.stop();
  }
}

interface WatchedEvent {
  readonly object?: {
    readonly status?: {
      readonly agentConnection?: { readonly connected?: boolean; readonly connectedAgents?: number };
    };
  };
}

/** Watches one plane and records every status that the API server stores, so none is missed between two reads. */
export class StatusWatch {
  /** The number of connected agents in each status, in order. */
  readonly agents: number[] = [];
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(installation: SimulatedInstallation, plane: SimulatedPlane) {
    this.running = this.follow(installation, plane);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async follow(installation: SimulatedInstallation, plane: SimulatedPlane): Promise<void> {
    const path = apiPathOf(plane);
    const collection = path.slice(0, path.lastIndexOf('/'));
    const query = `watch=true&fieldSelector=${encodeURIComponent(`metadata.name=${plane.name}`)}`;
    try {
      for await (const event of installation.kube.watch(`${collection}?${query}`, this.stopping.signal)) {
        const connection = (event as WatchedEvent).object?.status?.agentConnection;
        if (connection) this.agents.push(connection.connected ? (connection.connectedAgents ?? 0) : 0);
      }
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }
}
