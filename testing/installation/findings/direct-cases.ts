import { DAY_MS } from '@/lib/plane/time/duration';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';
import type { FindingCase } from './finding-case';

/** A data plane of release 0.7 that the control plane calls directly. */
function calledPlane(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  return {
    kind: 'DataPlane',
    namespace: 'shop',
    name,
    access: 'token-in-secret',
    spec: {
      gateway: { publicVirtualHost: 'apps.example.com', organizationVirtualHost: 'internal.example.com' },
    },
    ...further,
  };
}

/** Planes that the control plane calls directly, as releases before 0.9 can. */
export const DIRECT_CASES: readonly FindingCase[] = [
  {
    code: 'not-measured',
    plane: calledPlane('called'),
    severity: 'note',
    title: 'Not measured',
    known: /The control plane calls this cluster directly, so no agent reports on it/,
    todo: null,
  },
  {
    code: 'condition-reported',
    plane: calledPlane('reported', {
      history: {
        conditions: [
          { type: 'Ready', status: 'True', reason: 'Ready', message: 'The plane is ready', agoMs: DAY_MS },
        ],
      },
    }),
    severity: 'note',
    title: 'Reported, not measured',
    known: /Ready is True, and the controller still ran/,
    todo: null,
  },
];
