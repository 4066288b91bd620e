import { collectionOf, planeKeyOf } from '@/demo/controllers/plane-object';
import type { Sample } from '@/demo/fleet/sample';
import { kindOfName } from '@/lib/plane/model/kinds';
import { DAY_MS } from '@/lib/plane/time/duration';

/** A plane with its past and its agents, as a test describes it. */
export type SimulatedPlane = Pick<Sample, 'kind' | 'name'> & Partial<Sample>;

/** The namespace of the planes below. */
const NAMESPACE = 'shop';

/** A data plane whose agent has been connected for 20 days. */
export function connectedPlane(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  return {
    kind: 'DataPlane',
    ...(further.kind?.startsWith('Cluster') ? {} : { namespace: NAMESPACE }),
    name,
    planeID: name,
    ca: 'authority-inline',
    agents: 1,
    ageMs: 20 * DAY_MS,
    history: { connected: true, agents: 1, connectedAgoMs: 20 * DAY_MS, heartbeatAgoMs: 5_000 },
    ...further,
  };
}

/** A data plane without an agent. By default, it never had one. */
export function planeWithoutAgent(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  return connectedPlane(name, { agents: 0, history: { connected: false, agents: 0 }, ...further });
}

/** The path of a plane's page. */
export function pageOf({ kind, namespace, name }: SimulatedPlane): string {
  return `/planes/${planeKeyOf(kindOfName(kind)?.plural ?? '', namespace, name)}`;
}

/** The path of a plane on the API server. */
export function apiPathOf({ kind, namespace, name }: SimulatedPlane): string {
  return `${collectionOf(kind, namespace)}/${name}`;
}
