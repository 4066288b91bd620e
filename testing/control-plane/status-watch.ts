import type { SimulatedInstallation, SimulatedPlane } from './simulated-installation';
import { apiPathOf } from './simulated-installation';

interface WatchedEvent {
  readonly object?: {
    readonly status?: {
      readonly agentConnection?: { readonly connected?: boolean; readonly connectedAgents?: number };
    };
  };
}

/** Every status of one plane that the API server stores, from when it is started: none is missed between two looks. */
export class StatusWatch {
  /** How many agents each status names, in order. */
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
