import type { AgentProfile } from './agent-profile';
import { companyLabels, ORGANISATIONS } from './company';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations';
import type { Sample } from './sample';

/** A plane that is down because somebody works on it. */
export function maintainedSample({ dataSpec }: AgentProfile): Sample {
  return {
    id: 'maintenance',
    shows: 'In maintenance for eight hours: out of the alarms, though its agent is gone',
    kind: 'DataPlane',
    namespace: ORGANISATIONS.logistics,
    name: 'sorting-lyon',
    displayName: 'Sorting centre Lyon',
    labels: companyLabels('eu-west-3', 'prod', 'warehouse-automation', 'on-prem'),
    planeID: 'sorting-lyon',
    spec: dataSpec('sorting-lyon.aurora.example'),
    ca: 'authority-in-secret',
    agents: 0,
    ageMs: 120 * DAY_MS,
    history: {
      connected: false,
      agents: 0,
      connectedAgoMs: 40 * DAY_MS,
      heartbeatAgoMs: 37 * MINUTE_MS,
      disconnectedAgoMs: 35 * MINUTE_MS,
    },
    maintenance: { forMs: 8 * HOUR_MS, reason: 'New switches in the machine room' },
    expected: { state: 'disconnected', reasonCodes: ['agent-lost'] },
  };
}
