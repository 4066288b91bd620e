import type { DiagnosisFinding } from '@/lib/plane/diagnosis/diagnosis-finding';
import type { FindingCode } from '@/lib/plane/diagnosis/finding-codes';
import type { PlaneStatus, SimulatedPlane } from '@/testing/control-plane/simulated-installation';

/** A plane that a finding is provoked on, and what its page says of it then. */
export interface FindingCase {
  readonly code: FindingCode;
  readonly plane: SimulatedPlane;
  /** Parts of it that have to be made first, such as certificates. */
  readonly made?: () => Promise<Partial<SimulatedPlane>>;
  /** Planes that have to be there as well. */
  readonly others?: readonly SimulatedPlane[];
  /** Made just before its page is opened: what is found of it lasts, or reads so, for minutes only. */
  readonly justMade?: true;
  /** Written in the controller's place just before the page is opened: for what seconds change. */
  readonly status?: () => PlaneStatus;
  readonly severity: DiagnosisFinding['severity'];
  readonly title: string;
  /** What is known. */
  readonly known: RegExp;
  /** Part of what to do, as text, command or button; null: there is nothing to do. */
  readonly todo: RegExp | null;
}

export const NAMESPACE = 'shop';

/** A data plane whose agent is connected, and has been for long. */
export function connectedPlane(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  return {
    kind: 'DataPlane',
    ...(further.kind?.startsWith('Cluster') ? {} : { namespace: NAMESPACE }),
    name,
    planeID: name,
    ca: 'authority-inline',
    agents: 1,
    ageMs: 20 * 24 * 60 * 60_000,
    history: { connected: true, agents: 1, connectedAgoMs: 20 * 24 * 60 * 60_000, heartbeatAgoMs: 5_000 },
    ...further,
  };
}

/** One that no agent dials in for; without a past it never had one. */
export function lonelyPlane(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  return connectedPlane(name, { agents: 0, history: { connected: false, agents: 0 }, ...further });
}
