import { rejectedVerdict } from '@/lib/plane/agent-setup/check-agent';
import { isMeasured } from '@/lib/plane/health/condition-rules';
import type { HealthReason } from '@/lib/plane/health/health';
import { connectionChange } from '@/lib/plane/history/connection-change';
import { objectName } from '@/lib/plane/model/plane-path';
import { compareRemedies, siblingWithAgent } from './agent-findings';
import { agentCommand, REFRESH_REMEDY, remediesOf, remedy } from './commands';
import { type DiagnosisFinding, hasReason, severityOfCause } from './diagnosis-finding';
import { type DiagnosisInput, isClusterWide } from './diagnosis-input';
import { FALLBACK_PLANE_ID } from './fleet-facts';

/** Finds an agent on this planeID that this plane doesn't report. */
export function notCountedFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { row } = input;
  const sibling = siblingWithAgent(input);
  // Health also knows planes that the caller can't see.
  if (!sibling && !hasReason(input, 'agent-refused')) return [];
  const severity = severityOfCause(input, 'agent-refused', 'never-connected', 'agent-lost');
  const reporter = sibling ? objectName(sibling.plane) : 'Another plane';
  const known = `${reporter} reports an agent on planeID "${row.plane.planeID}", which this plane shares. This plane reports none.`;
  const evidence = `status.agentConnection of both planes. The agent of ${sibling ? reporter : 'the other plane'} has a fresh heartbeat and has been connected for longer than controllers take to notice.`;
  if (isClusterWide(input)) {
    return [
      {
        code: 'agent-not-counted',
        severity,
        title: "Agent on its planeID isn't reported",
        known,
        evidence,
        consequence:
          "A cluster-wide plane reports every agent on its planeID, so this status is most likely out of date. Either the controller hasn't reconciled this plane, or it can't write the status.",
        remedies: [REFRESH_REMEDY],
      },
    ];
  }
  const refused = {
    code: 'agent-refused',
    severity,
    title: 'Agent most likely rejected',
    known,
    evidence,
  } as const;
  const seeSiblings = remedy('See the planes on this planeID.', undefined, 'open-siblings');
  if (connectionChange(input.changes, row.plane)?.subject === 'planeID') {
    // Accepting that agent would bind this plane to the cluster of another.
    return [
      {
        ...refused,
        consequence:
          "This plane was moved to that planeID, so the agent is most likely that of another cluster, which this plane's CA rejects.",
        remedies: [
          remedy(
            'Undo the change of planeID, unless both planes are the same cluster.',
            undefined,
            'undo-change',
          ),
          seeSiblings,
        ],
      },
    ];
  }
  return [
    {
      ...refused,
      consequence:
        "A namespaced plane reports only agents that its own CA verifies. Either this plane's CA rejects the agent's certificate, or its status is older than that agent.",
      remedies: [
        ...remediesOf(input, rejectedVerdict(row, sibling, input.nowMs).remedies),
        remedy(
          'If both planes are the same cluster, replace the registered certificate.',
          undefined,
          'replace-certificate',
        ),
        seeSiblings,
      ],
    },
  ];
}

/** Explains the reverse for cluster kinds: connected proves nothing about this plane's own CA. */
export function sharedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const others = input.siblings.map(({ plane }) => objectName(plane)).join(', ');
  return {
    code: 'shared-plane-id',
    severity: 'note',
    title: 'Shared planeID',
    known: `${reason.message}${others === '' ? '' : ` Shared with: ${others}.`}`,
    evidence: 'spec.planeID of all planes of this role. Planes with the same planeID are the same cluster.',
    consequence:
      "This plane's connection doesn't prove that its own CA accepts the agent. Deleting one of these planes briefly disconnects the agents of all of them.",
    remedies: [
      ...compareRemedies(input),
      remedy('See the planes on this planeID.', undefined, 'open-siblings'),
    ],
  };
}

/** Notes that agents with a misspelled planeID connect under this one. */
export function fallbackIDFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { plane } = input.row;
  if (plane.planeID !== FALLBACK_PLANE_ID || !isMeasured(plane) || plane.unreadable) return [];
  return [
    {
      code: 'plane-id-default',
      severity: 'note',
      title: `planeID is "${FALLBACK_PLANE_ID}"`,
      known: `This plane has planeID "${FALLBACK_PLANE_ID}", set explicitly or taken from its name.`,
      evidence: "spec.planeID, or metadata.name if it isn't set.",
      consequence: isClusterWide(input)
        ? 'Agents of other clusters with a misspelled planeID connect under it too, and a cluster-wide plane reports them.'
        : "Agents of other clusters with a misspelled planeID connect under it too. Only this plane's CA keeps them apart.",
      remedies: [remedy("Check the planeID in the chart's values.", agentCommand(input, 'agent-values'))],
    },
  ];
}
