import { AgentClient, type Verdicts } from '@/demo/gateway/agent-client';
import type { KeyPairPem } from '@/demo/pki/certificate-authority';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { SimulatedInstallation } from './simulated-installation';
import type { SimulatedPlane } from './simulated-planes';

/** The wait before the agent reconnects. A real agent waits 5 s. */
const RECONNECT_MS = 200;

/** An agent with a real connection to the simulated gateway. It receives the planes' verdicts on its certificate. */
export class RealAgent {
  private verdicts: Verdicts = [];
  private readonly listeners = new Set<() => void>();
  private readonly client: AgentClient;

  constructor(installation: SimulatedInstallation, plane: SimulatedPlane, { certPem, keyPem }: KeyPairPem) {
    const { gateway, gatewayCaPem } = installation.demo.simulation;
    this.client = new AgentClient({
      url: gateway.url,
      gatewayCaPem,
      certPem,
      keyPem,
      planeType: kindOfName(plane.kind)?.planeType ?? '',
      planeID: plane.planeID ?? plane.name,
      reconnectMs: RECONNECT_MS,
      onConnected: () => {},
      onVerdicts: (verdicts) => {
        this.verdicts = verdicts;
        for (const listener of this.listeners) listener();
      },
      onDisconnected: () => {},
    });
    this.client.start();
  }

  /** Resolves as soon as the plane accepts or rejects its certificate. */
  async awaitVerdict(plane: SimulatedPlane, accepted: boolean): Promise<void> {
    const hasVerdict = () =>
      this.verdicts.some((verdict) => isOf(verdict.plane, plane) && verdict.accepted === accepted);
    while (!hasVerdict()) {
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.listeners.delete(listener);
          resolve();
        };
        this.listeners.add(listener);
      });
    }
  }

  stop(): void {
    this.client.stop();
  }
}

function isOf(key: string, { namespace, name }: SimulatedPlane): boolean {
  return key.endsWith(namespace === undefined ? `/${name}` : `/${namespace}/${name}`);
}
